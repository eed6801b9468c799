package org.jmapproxy.mail.header;

import java.time.OffsetDateTime;
import java.util.Optional;

/** The Date form of a header value (RFC 8621 section 4.1.2.6). */
public final class DateForm {
  private DateForm() {}

  /**
   * Reads a date-time (RFC 5322 section 3.3): obsolete zones and years, a missing day name or zone,
   * comments, and the ctime and ISO 8601 orders met in old and careless mail. An unknown zone is
   * UTC.
   *
   * @param raw the value in Raw form
   * @return empty (JMAP null) if there is no such date
   */
  public static Optional<OffsetDateTime> of(String raw) {
    return new DateParser(raw).parse();
  }
}
