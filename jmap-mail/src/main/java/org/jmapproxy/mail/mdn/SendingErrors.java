package org.jmapproxy.mail.mdn;

import org.jmapproxy.core.error.SetError;

/** What the refusal of a submission means for a notification (RFC 9007 section 2.1). */
final class SendingErrors {

  private SendingErrors() {}

  static SetError of(SetError refusal) {
    return switch (refusal.type()) {
      case "forbiddenToSend", "forbiddenMailFrom" ->
          SetError.forbidden(refusal.description().orElse("the mail server refuses it"));
      default -> refusal;
    };
  }
}
