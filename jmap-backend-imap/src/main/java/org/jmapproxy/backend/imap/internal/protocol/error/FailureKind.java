package org.jmapproxy.backend.imap.internal.protocol.error;

import java.util.Locale;
import java.util.Map;

/**
 * What a failed command means for the one who wanted it, whatever words the server used: the one
 * place where response codes (RFC 5530, RFC 9051 section 7.1, and what large providers add) are
 * understood.
 */
public enum FailureKind {
  /** The server no longer takes the credentials. */
  CREDENTIALS,
  /** Nobody answers, or not now: another attempt may succeed. */
  UNAVAILABLE,
  /** The server wants less of us. */
  RATE_LIMITED,
  /** There is no room left for the user. */
  OVER_QUOTA,
  /** The user may not do this. */
  FORBIDDEN,
  /** What was sent is larger than the server takes. */
  TOO_LARGE,
  /** The mailbox that should be made is there already. */
  EXISTS,
  /** The mailbox is not there. */
  MISSING,
  /** The mailbox has others below it. */
  HAS_CHILDREN,
  /** The server can never do this, whoever asks. */
  IMPOSSIBLE,
  /** The server said no and gave no reason that a program understands. */
  REFUSED,
  /** The server, its data or our command is defective. */
  BROKEN;

  private static final Map<String, FailureKind> BY_CODE =
      Map.ofEntries(
          Map.entry("AUTHENTICATIONFAILED", CREDENTIALS),
          Map.entry("AUTHORIZATIONFAILED", CREDENTIALS),
          Map.entry("EXPIRED", CREDENTIALS),
          Map.entry("PRIVACYREQUIRED", CREDENTIALS),
          Map.entry("UNAVAILABLE", UNAVAILABLE),
          Map.entry("INUSE", UNAVAILABLE),
          Map.entry("EXPUNGEISSUED", UNAVAILABLE),
          Map.entry("LIMIT", RATE_LIMITED),
          Map.entry("THROTTLED", RATE_LIMITED),
          Map.entry("OVERQUOTA", OVER_QUOTA),
          Map.entry("NOPERM", FORBIDDEN),
          Map.entry("READ-ONLY", FORBIDDEN),
          Map.entry("TOOBIG", TOO_LARGE),
          Map.entry("MESSAGELIMIT", TOO_LARGE),
          Map.entry("ALREADYEXISTS", EXISTS),
          Map.entry("NONEXISTENT", MISSING),
          Map.entry("TRYCREATE", MISSING),
          Map.entry("HASCHILDREN", HAS_CHILDREN),
          Map.entry("CANNOT", IMPOSSIBLE),
          Map.entry("CONTACTADMIN", BROKEN),
          Map.entry("SERVERBUG", BROKEN),
          Map.entry("CLIENTBUG", BROKEN),
          Map.entry("CORRUPTION", BROKEN));

  /** Cyrus refuses in words alone, which have stayed the same for decades. */
  private static final Map<String, FailureKind> BY_WORDS =
      Map.of(
          "permission denied", FORBIDDEN,
          "over quota", OVER_QUOTA,
          "mailbox already exists", EXISTS,
          "mailbox does not exist", MISSING,
          "invalid mailbox name", IMPOSSIBLE,
          "operation is not supported on mailbox", IMPOSSIBLE,
          "special-use flag conflict", IMPOSSIBLE);

  /** What a failure means. */
  public static FailureKind of(ImapException failure) {
    if (failure instanceof ImapAuthenticationException) {
      return CREDENTIALS;
    }
    FailureKind told = BY_CODE.get(failure.code().name());
    if (told != null) {
      return told;
    }
    if (failure instanceof ImapLimitException || failure instanceof ImapBadCommandException) {
      return BROKEN;
    }
    if (failure.closesConnection()) {
      return UNAVAILABLE;
    }
    return failure.code().equals(ResponseCode.NONE) ? byWords(failure) : REFUSED;
  }

  private static FailureKind byWords(ImapException failure) {
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return BY_WORDS.entrySet().stream()
        .filter(words -> said.contains(words.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(REFUSED);
  }
}
