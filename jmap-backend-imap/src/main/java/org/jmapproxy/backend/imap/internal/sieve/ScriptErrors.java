package org.jmapproxy.backend.imap.internal.sieve;

import org.jmapproxy.core.error.SetError;

/** What a refusal of the server means for one script (RFC 5804 section 1.3). */
final class ScriptErrors {

  private ScriptErrors() {}

  /** A refusal whose code says all. */
  static SetError of(SieveException refusal) {
    String why = String.valueOf(refusal.getMessage());
    if (refusal.hasCode("QUOTA/MAXSIZE")) {
      return SetError.tooLarge(why);
    }
    if (refusal.hasCode("QUOTA")) {
      return SetError.overQuota(why);
    }
    if (refusal.hasCode("ACTIVE")) {
      return SetError.of("sieveIsActive", why);
    }
    if (refusal.hasCode("NONEXISTENT")) {
      return SetError.notFound();
    }
    if (refusal.hasCode("TRYLATER")) {
      return SetError.serverUnavailable(why);
    }
    return SetError.forbidden("The Sieve server refused: " + why);
  }

  /** A refusal that only the text can explain. */
  static SetError invalid(String why) {
    return SetError.of("invalidSieve", why);
  }

  /** The connection broke and what was done cannot be found out. */
  static SetError partial() {
    return SetError.of(
        "serverPartialFail",
        "The connection to the Sieve server broke and cannot be restored now; "
            + "what was changed is not known");
  }
}
