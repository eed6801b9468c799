package org.jmapproxy.mail.vacation;

import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * What senders are told while a person is away (RFC 8621 section 8). There is one per account.
 *
 * @param isEnabled whether a reply is sent to messages that come between the dates
 * @param fromDate from when on; absent: at once
 * @param toDate until when, itself excluded; absent: for ever
 * @param subject of the reply; absent: chosen by the server
 * @param textBody plain text
 * @param htmlBody HTML
 */
public record VacationResponse(
    boolean isEnabled,
    Optional<Instant> fromDate,
    Optional<Instant> toDate,
    Optional<String> subject,
    Optional<String> textBody,
    Optional<String> htmlBody) {

  /** The id of the only object. */
  public static final Id ID = Id.of("singleton");

  /** Nothing was ever set. */
  public static VacationResponse none() {
    return new VacationResponse(
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
