package org.jmapproxy.mail.header;

import java.util.List;
import java.util.Optional;

/**
 * A property of the form {@code header:Name:asForm:all} (RFC 8621 section 4.1.3).
 *
 * @param property the property name exactly as it was asked, which is also its name in the answer
 * @param fieldName the header field name as asked
 * @param form the form, Raw if none was named
 * @param all whether every instance is wanted, not just the last
 */
public record HeaderProperty(String property, String fieldName, HeaderForm form, boolean all) {
  private static final String PREFIX = "header:";
  private static final int LONGEST_NAME = 998;

  /** Whether a property name claims to be one of these; it may still be malformed. */
  public static boolean isClaimedBy(String property) {
    return property.startsWith(PREFIX);
  }

  /**
   * Parses a property name.
   *
   * @return empty if it is malformed, or its form is forbidden for its field
   */
  public static Optional<HeaderProperty> parse(String property) {
    if (!isClaimedBy(property)) {
      return Optional.empty();
    }
    String[] parts = property.substring(PREFIX.length()).split(":", -1);
    boolean all = parts.length > 1 && parts[parts.length - 1].equals("all");
    int formAt = all ? parts.length - 2 : parts.length - 1;
    if (!isFieldName(parts[0]) || formAt > 1) {
      return Optional.empty();
    }
    Optional<HeaderForm> form =
        formAt == 0 ? Optional.of(HeaderForm.RAW) : HeaderForm.ofSuffix(parts[1]);
    return form.filter(f -> f.allowedFor(parts[0]))
        .map(f -> new HeaderProperty(property, parts[0], f, all));
  }

  /** The last instance of the field; empty (JMAP null) if there is none or it is malformed. */
  public Optional<HeaderValue> readLast(HeaderBlock header) {
    return header.last(fieldName).flatMap(form::read);
  }

  /** Every instance of the field in order; an empty item (JMAP null) for a malformed one. */
  public List<Optional<HeaderValue>> readAll(HeaderBlock header) {
    return header.all(fieldName).stream().map(form::read).toList();
  }

  private static boolean isFieldName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
  }
}
