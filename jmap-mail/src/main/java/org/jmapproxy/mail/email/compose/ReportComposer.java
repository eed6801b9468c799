package org.jmapproxy.mail.email.compose;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes a multipart/report (RFC 6522). Whatever is given, no value can end its field: line
 * breaks become spaces. For one message.
 */
public final class ReportComposer {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final StringBuilder header = new StringBuilder();

  /**
   * Begins a message with its Message-ID and date.
   *
   * @param domain of the author
   * @param date of the message
   */
  public ReportComposer(String domain, OffsetDateTime date) {
    header.append("Message-ID: <" + UUID.randomUUID() + "@" + domain + ">\r\n");
    header.append(FieldText.date("Date", date));
  }

  /** Adds a field with addresses. */
  public ReportComposer addresses(String field, List<EmailAddress> addresses) {
    ArrayNode list = JSON.arrayNode();
    for (EmailAddress address : addresses) {
      ObjectNode one = list.addObject().put("email", address.email());
      address.name().ifPresent(name -> one.put("name", name));
    }
    return add(field, "asAddresses", list);
  }

  /** Adds a field with ids, given without angle brackets. */
  public ReportComposer messageIds(String field, List<String> ids) {
    ArrayNode list = JSON.arrayNode();
    ids.forEach(list::add);
    return add(field, "asMessageIds", list);
  }

  /** Adds a field with text. */
  public ReportComposer text(String field, String value) {
    header.append(textField(field, value));
    return this;
  }

  private ReportComposer add(String field, String form, JsonNode value) {
    header.append(FieldText.of(property(field, form), value));
    return this;
  }

  /** A field with text, folded, encoded where it is not ASCII, ended by CRLF. */
  public static String textField(String field, String value) {
    return FieldText.of(property(field, "asText"), JSON.stringNode(value));
  }

  private static HeaderProperty property(String field, String form) {
    return HeaderProperty.parse("header:" + field + ":" + form).orElseThrow();
  }

  /**
   * The message.
   *
   * @param reportType what kind of report it is
   * @param text for people
   * @param fields for programs, in ASCII, each line ended by CRLF; they become a part of type
   *     {@code message/} and the report type
   * @param original the message that it is about, if that is to be attached
   */
  public Blob compose(String reportType, String text, String fields, Optional<Blob> original) {
    TextContent human = TextContent.of(text);
    List<ComposedPart> parts = new ArrayList<>();
    parts.add(
        part(
            "text/plain; charset=utf-8",
            human.transferEncoding(),
            Content.Octets.of(human.encoded())));
    parts.add(part("message/" + reportType, "7bit", Content.Octets.of(fields)));
    original.ifPresent(
        message -> parts.add(part("message/rfc822", "8bit", new Content.Verbatim(message))));
    ComposedPart report =
        ComposedPart.multipart(
            "multipart/report" + ParameterText.of("report-type", reportType), "", parts);
    List<Content> contents = new ArrayList<>();
    contents.add(Content.Octets.of(header + "MIME-Version: 1.0\r\n" + report.header() + "\r\n"));
    contents.addAll(report.body());
    return new ComposedMessage(contents);
  }

  private static ComposedPart part(String type, String transferEncoding, Content content) {
    return new ComposedPart(
        "Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + transferEncoding + "\r\n",
        List.of(content));
  }
}
