package org.jmapproxy.mail.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/** Under which terms an account sends; they may change as more is learned about its server. */
public interface SubmissionTerms {

  /** The key of this role. */
  Role<SubmissionTerms> ROLE = Role.of("submissionTerms", SubmissionTerms.class);

  /** How long a message may be held before it is released; zero: not at all. */
  Duration maxDelayedSend();

  /**
   * The SMTP extensions that clients may use, with the arguments of EHLO, but for {@code
   * FUTURERELEASE}.
   */
  Map<String, List<String>> extensions();

  /** All extensions that clients may use; messages are held by us, not by the server. */
  default Map<String, List<String>> offered() {
    Map<String, List<String>> offered = new TreeMap<>(extensions());
    if (!maxDelayedSend().isZero()) {
      offered.put(
          "FUTURERELEASE",
          List.of(Long.toString(maxDelayedSend().toSeconds()), "9999-12-31T23:59:59Z"));
    }
    return offered;
  }

  /** The largest message in octets, if there is a limit. */
  OptionalLong maxSize();

  /** How many recipients a message may have. */
  int maxRecipients();

  /** Whether a message may be sent from a null reverse-path, as replies of machines are. */
  default boolean permitsNullSender() {
    return true;
  }

  /** The terms of an account. */
  static SubmissionTerms of(Roles roles) {
    return roles.find(ROLE).orElse(NO_MORE_THAN_SENDING);
  }

  /** The terms of an account that does not say any: messages are sent at once, without extras. */
  SubmissionTerms NO_MORE_THAN_SENDING =
      new SubmissionTerms() {
        @Override
        public Duration maxDelayedSend() {
          return Duration.ZERO;
        }

        @Override
        public Map<String, List<String>> extensions() {
          return Map.of();
        }

        @Override
        public OptionalLong maxSize() {
          return OptionalLong.empty();
        }

        @Override
        public int maxRecipients() {
          return 500;
        }
      };
}
