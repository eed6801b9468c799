package org.jmapproxy.backend.imap.internal.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException;
import org.jmapproxy.backend.imap.internal.smtp.SmtpReply;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.jmapproxy.mail.submission.SubmissionErrors;

/** What a refusal means in the terms of RFC 8621 section 7.5. */
final class SmtpErrors {

  private SmtpErrors() {}

  /** The server refuses for good. */
  static SetError of(SmtpRefusedException refusal, long size, OptionalLong maxSize) {
    SmtpReply reply = refusal.reply();
    return switch (refusal.stage()) {
      case GREETING -> forbidden(reply);
      case LOGIN -> forbidden(reply);
      case MAIL -> ofMail(reply, size, maxSize);
      case RCPT, DATA -> ofMessage(reply, size, maxSize);
    };
  }

  private static SetError ofMail(SmtpReply reply, long size, OptionalLong maxSize) {
    if (isTooLarge(reply)) {
      return tooLarge(reply, size, maxSize);
    }
    return switch (reply.code()) {
      case 530, 534, 535, 538 -> forbidden(reply);
      case 555, 504 -> SetError.invalidProperty("envelope", reply.oneLine());
      default ->
          reply.enhanced().filter(status -> status.startsWith("5.3.")).isPresent()
              ? forbidden(reply)
              : SetError.of("forbiddenMailFrom", reply.oneLine());
    };
  }

  /** The server refuses the message itself. */
  static SetError ofMessage(SmtpReply reply, long size, OptionalLong maxSize) {
    if (isTooLarge(reply)) {
      return tooLarge(reply, size, maxSize);
    }
    return reply.enhanced().filter(status -> status.startsWith("5.6.")).isPresent()
        ? SubmissionErrors.invalidEmail(reply.oneLine())
        : forbidden(reply);
  }

  /** The server refuses some recipients for good, so that nobody gets the message. */
  static SetError ofRecipients(List<EnvelopeAddress> recipients, List<SmtpReply> replies) {
    List<String> refused = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int taken = 0;
    boolean forbidsAll = true;
    boolean tooMany = false;
    for (int i = 0; i < replies.size(); i++) {
      SmtpReply reply = replies.get(i);
      if (reply.isPermanent()) {
        refused.add(recipients.get(i).email());
        words.add(reply.oneLine());
      }
      taken += reply.isPositive() ? 1 : 0;
      forbidsAll &= reply.code() == 530 || (reply.isPermanent() && reply.isAbout("7.1"));
      tooMany |= reply.isPermanent() && reply.isAbout("5.3");
    }
    String description = words.get(0);
    if (forbidsAll) {
      return SetError.of("forbiddenToSend", description);
    }
    return tooMany && taken > 0
        ? SubmissionErrors.tooManyRecipients(taken, description)
        : SubmissionErrors.invalidRecipients(refused, description);
  }

  private static boolean isTooLarge(SmtpReply reply) {
    return reply.isAbout("3.4")
        || reply.isAbout("2.3")
        || (reply.code() == 552 && reply.enhanced().isEmpty());
  }

  private static SetError tooLarge(SmtpReply reply, long size, OptionalLong maxSize) {
    return SubmissionErrors.tooLarge(maxSize.orElse(Math.max(0, size - 1)), reply.oneLine());
  }

  private static SetError forbidden(SmtpReply reply) {
    return SetError.of("forbiddenToSend", reply.oneLine());
  }
}
