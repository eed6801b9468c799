package org.jmapproxy.backend.imap.internal.command;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.FailureKind;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/** What it means for one object when the server does not do what it was asked. */
final class Refusals {
  private static final String NOT_ALLOWED = "The mail server does not allow that: ";

  private Refusals() {}

  static SetError toSetError(ImapException refusal) {
    String why = String.valueOf(refusal.getMessage());
    return switch (FailureKind.of(refusal)) {
      case OVER_QUOTA -> SetError.overQuota(why);
      case FORBIDDEN -> SetError.forbidden(why);
      case IMPOSSIBLE -> SetError.forbidden(NOT_ALLOWED + why);
      case RATE_LIMITED -> SetError.rateLimit(why);
      case TOO_LARGE -> SetError.tooLarge(why);
      case MISSING -> SetError.notFound();
      case HAS_CHILDREN -> SetError.of("mailboxHasChild", why);
      case UNAVAILABLE, CREDENTIALS -> SetError.serverUnavailable(why);
      case EXISTS, REFUSED, BROKEN -> SetError.serverFail(why);
    };
  }

  /**
   * When the name of a mailbox was refused.
   *
   * @param there the Mailbox that is found to have it
   */
  static SetError ofName(ImapException refusal, Optional<Id> there) {
    String why = String.valueOf(refusal.getMessage());
    return switch (FailureKind.of(refusal)) {
      case EXISTS ->
          there
              .map(id -> SetError.alreadyExists(id.value()))
              .orElseGet(() -> SetError.invalidProperty("name", "is taken on the mail server"));
      case IMPOSSIBLE, REFUSED -> SetError.invalidProperty("name", why);
      default -> toSetError(refusal);
    };
  }

  /** When a message was refused by the mailbox that it should go to. */
  static SetError ofDestination(ImapException refusal) {
    return FailureKind.of(refusal) == FailureKind.MISSING
        ? SetError.invalidProperty("mailboxIds", "names a mailbox that the server does not have")
        : toSetError(refusal);
  }

  static SetError toSetError(RuntimeException failure) {
    if (failure instanceof ImapException refusal) {
      return toSetError(refusal);
    }
    if (failure instanceof OutcomeUnknownException) {
      return partial();
    }
    if (failure instanceof BackendException trouble) {
      String why = String.valueOf(trouble.getMessage());
      return switch (trouble.reason()) {
        case BROKEN -> SetError.serverFail(why);
        case OVER_QUOTA -> SetError.overQuota(why);
        case RATE_LIMITED -> SetError.rateLimit(why);
        case UNAVAILABLE, AUTHENTICATION_LOST, GONE -> SetError.serverUnavailable(why);
      };
    }
    return SetError.serverUnavailable(String.valueOf(failure.getMessage()));
  }

  static SetError partial() {
    return SetError.of(
        "serverPartialFail",
        "Only a part of the change is known to have happened; read the object again");
  }
}
