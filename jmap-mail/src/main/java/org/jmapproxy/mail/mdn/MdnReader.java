package org.jmapproxy.mail.mdn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderField;
import org.jmapproxy.mail.header.TextForm;
import org.jmapproxy.mail.report.ReportMessage;
import org.jmapproxy.mail.report.TypedAddress;

/** Reads the notifications of others (RFC 8098 section 3), as they are found. Stateless. */
public final class MdnReader {

  /** The media types of the part for programs. */
  static final Set<String> TYPES =
      Set.of("message/disposition-notification", "message/global-disposition-notification");

  /** The fields that RFC 8098 section 3.1 and its predecessors define, in lower case. */
  static final Set<String> STANDARD_FIELDS =
      Set.of(
          "reporting-ua",
          "mdn-gateway",
          "original-recipient",
          "final-recipient",
          "original-message-id",
          "disposition",
          "error",
          "failure",
          "warning");

  private static final int MOST_EXTENSIONS = 100;

  private MdnReader() {}

  /**
   * Reads a message.
   *
   * @return without {@link Mdn#forEmailId}; empty when it is no notification
   */
  public static Optional<Mdn> read(Blob message) {
    return ReportMessage.of(message, TYPES)
        .flatMap(
            report ->
                report.fields().stream()
                    .filter(group -> group.last("Disposition").isPresent())
                    .findFirst()
                    .flatMap(fields -> read(report, fields)));
  }

  private static Optional<Mdn> read(ReportMessage report, HeaderBlock fields) {
    return text(fields, "Disposition")
        .flatMap(Disposition::parse)
        .map(
            disposition ->
                new Mdn(
                    Optional.empty(),
                    report.header().text("Subject"),
                    report.text(),
                    report.hasOriginalMessage(),
                    text(fields, "Reporting-UA"),
                    disposition,
                    text(fields, "MDN-Gateway"),
                    recipient(fields, "Original-Recipient"),
                    recipient(fields, "Final-Recipient"),
                    text(fields, "Original-Message-ID"),
                    errors(fields),
                    extensions(fields)));
  }

  private static Optional<String> text(HeaderBlock fields, String name) {
    return fields.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Optional<String> recipient(HeaderBlock fields, String name) {
    return text(fields, name)
        .map(value -> TypedAddress.parse(value).map(TypedAddress::toString).orElse(value));
  }

  private static List<String> errors(HeaderBlock fields) {
    return fields.all("Error").stream()
        .map(field -> TextForm.of(field.parseable()).strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static Map<String, String> extensions(HeaderBlock fields) {
    Map<String, String> extensions = new LinkedHashMap<>();
    for (HeaderField field : fields.fields()) {
      boolean isExtension = !STANDARD_FIELDS.contains(field.name().toLowerCase(Locale.ROOT));
      if (isExtension && extensions.size() < MOST_EXTENSIONS) {
        extensions.putIfAbsent(field.name(), TextForm.of(field.parseable()).strip());
      }
    }
    return extensions;
  }
}
