package org.jmapproxy.backend.imap.internal.command;

import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;

/** What it means for one object when the server does not do what it was asked. */
final class Refusals {
  private Refusals() {}

  static SetError toSetError(ImapException refusal) {
    String why = String.valueOf(refusal.getMessage());
    if (refusal.code().is("OVERQUOTA")) {
      return SetError.overQuota(why);
    }
    if (refusal.code().is("NOPERM")) {
      return SetError.forbidden(why);
    }
    if (refusal.code().is("LIMIT")) {
      return SetError.rateLimit(why);
    }
    if (refusal.code().is("TOOBIG")) {
      return SetError.tooLarge(why);
    }
    return refusal.closesConnection() ? SetError.serverUnavailable(why) : SetError.serverFail(why);
  }

  /** Why a folder cannot have a name. */
  static SetError ofName(ImapException refusal) {
    return refusal.code().is("CANNOT")
        ? SetError.invalidProperty("name", String.valueOf(refusal.getMessage()))
        : toSetError(refusal);
  }

  static SetError toSetError(RuntimeException failure) {
    if (failure instanceof ImapException refusal) {
      return toSetError(refusal);
    }
    if (failure instanceof BackendException trouble
        && trouble.reason() == BackendException.Reason.BROKEN) {
      return SetError.serverFail(String.valueOf(trouble.getMessage()));
    }
    return SetError.serverUnavailable(String.valueOf(failure.getMessage()));
  }

  /** Something happened to the object, but not all of it, or nobody knows. */
  static SetError partial() {
    return SetError.of(
        "serverPartialFail",
        "Only a part of the change is known to have happened; read the object again");
  }
}
