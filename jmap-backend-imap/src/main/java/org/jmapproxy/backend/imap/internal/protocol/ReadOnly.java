package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/** Lets through what changes nothing at the server; what is not known here might. */
final class ReadOnly {
  private static final Set<String> HARMLESS =
      Set.of(
          "AUTHENTICATE PLAIN",
          "AUTHENTICATE LOGIN",
          "AUTHENTICATE OAUTHBEARER",
          "AUTHENTICATE XOAUTH2",
          "CAPABILITY",
          "CHECK",
          "COMPRESS DEFLATE",
          "COMPRESS",
          "ENABLE",
          "EXAMINE",
          "GETQUOTAROOT",
          "ID",
          "IDLE",
          "LIST",
          "LOGIN",
          "LOGOUT",
          "LSUB",
          "MYRIGHTS",
          "NAMESPACE",
          "NOOP",
          "NOTIFY",
          "STARTTLS",
          "STATUS",
          "UID FETCH",
          "UID SEARCH",
          "UNSELECT");

  private ReadOnly() {}

  /**
   * Checks a command before it is sent.
   *
   * @throws ImapRefusedException when it could change something
   */
  static void check(Command command) {
    if (!HARMLESS.contains(command.name())) {
      throw new ImapRefusedException(
          command.name() + " is not sent: the account is read-only", ResponseCode.NONE);
    }
  }
}
