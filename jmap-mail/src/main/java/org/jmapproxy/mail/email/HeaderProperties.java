package org.jmapproxy.mail.email;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.node.NullNode;

/** The properties of an Email that stand for header fields (RFC 8621 section 4.1.3). */
final class HeaderProperties {

  /** The properties with names of their own, in the RFC's order. */
  static final Map<String, HeaderProperty> CONVENIENT = convenient();

  private HeaderProperties() {}

  /** A property {@code header:*}. */
  static Optional<Property<Email>> find(String name) {
    return HeaderProperty.parse(name).map(header -> property(name, header).onRequest());
  }

  /** The property {@code headers}, which cannot be given on create. */
  static Property<Email> headers() {
    return Property.<Email>serverSet(
            "headers",
            JsonType.listOf(JsonType.OBJECT),
            email -> email.headers().map(HeaderJson::fields).orElseThrow())
        .onRequest()
        .asDerived();
  }

  /** The property that reads a header field. */
  static Property<Email> property(String name, HeaderProperty header) {
    return Property.<Email>immutable(
            name,
            HeaderJson.type(header),
            email ->
                email
                    .headers()
                    .map(block -> HeaderJson.value(header, block))
                    .orElse(NullNode.instance))
        .asOptional();
  }

  private static Map<String, HeaderProperty> convenient() {
    Map<String, HeaderProperty> map = new LinkedHashMap<>();
    add(map, "messageId", "Message-ID:asMessageIds");
    add(map, "inReplyTo", "In-Reply-To:asMessageIds");
    add(map, "references", "References:asMessageIds");
    add(map, "sender", "Sender:asAddresses");
    add(map, "from", "From:asAddresses");
    add(map, "to", "To:asAddresses");
    add(map, "cc", "Cc:asAddresses");
    add(map, "bcc", "Bcc:asAddresses");
    add(map, "replyTo", "Reply-To:asAddresses");
    add(map, "subject", "Subject:asText");
    add(map, "sentAt", "Date:asDate");
    return Collections.unmodifiableMap(map);
  }

  private static void add(Map<String, HeaderProperty> map, String name, String header) {
    map.put(name, HeaderProperty.parse("header:" + header).orElseThrow());
  }
}
