package org.jmapproxy.backend.imap.internal.protocol;

import java.util.List;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NOTIFY SET (RFC 5465) for everything that happens to the user's own mailboxes. Used once. */
final class NotifyCommand {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyCommand.class);
  private static final String MESSAGES = "MessageNew MessageExpunge FlagChange";

  /** Not every server knows every event; without those of names, a poll finds what they tell. */
  private static final List<String> EVENTS =
      List.of(MESSAGES + " MailboxName SubscriptionChange", MESSAGES + " MailboxName", MESSAGES);

  private final ImapSession session;

  NotifyCommand(ImapSession session) {
    this.session = session;
  }

  /** False if the server refuses: it tells nothing then. */
  boolean run() {
    for (String events : EVENTS) {
      Command command =
          Command.named("NOTIFY")
              .raw(" SET STATUS (selected (" + MESSAGES + ")) (personal (" + events + "))");
      StatusResponse answer =
          session.exchange(command, UntaggedHandler.NONE, ImapSession.NO_ANSWER);
      if (answer.isOk()) {
        return true;
      }
      LOG.debug("NOTIFY is refused: {} {}", answer.code(), answer.text());
      if (!answer.code().is("BADEVENT")) {
        return false;
      }
    }
    return false;
  }
}
