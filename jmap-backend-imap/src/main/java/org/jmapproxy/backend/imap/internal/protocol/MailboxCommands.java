package org.jmapproxy.backend.imap.internal.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/**
 * Commands on mailboxes as a whole. Names are plain text; the encoding of the wire is done here.
 * Threads and failures as for {@link ImapConnection}.
 */
public final class MailboxCommands {
  private final ImapSession session;

  MailboxCommands(ImapSession session) {
    this.session = session;
  }

  /** All mailboxes, subscribed or not, with attributes and special uses. */
  public List<ListedMailbox> list() {
    return list(Set.of());
  }

  /**
   * All mailboxes together with their STATUS.
   *
   * @param status what to ask; only answered where the server offers LIST-STATUS
   */
  public List<ListedMailbox> list(Set<StatusItem> status) {
    return new ListCommand(session).run(status);
  }

  /**
   * STATUS of one mailbox. Not for the selected one.
   *
   * @return empty if the server answered OK and told nothing
   */
  public Optional<MailboxStatus> status(String mailbox, Set<StatusItem> items) {
    Command command =
        Command.named("STATUS")
            .string(session.wireName(mailbox))
            .space()
            .raw(StatusItem.toImap(items));
    MailboxStatus[] found = new MailboxStatus[1];
    session.execute(
        command,
        response -> {
          if (!response.is("STATUS")) {
            return false;
          }
          StatusParser.parse(response.cursor(), session.utf8())
              .ifPresent(status -> found[0] = status);
          return true;
        });
    return Optional.ofNullable(found[0]);
  }

  /** MYRIGHTS (RFC 4314): the letters; empty if the server keeps no rights, or does not tell. */
  public Optional<String> myRights(String mailbox) {
    if (!session.capabilities().has("ACL")) {
      return Optional.empty();
    }
    String[] rights = {""};
    Command command = Command.named("MYRIGHTS").string(session.wireName(mailbox));
    try {
      session.execute(
          command,
          response -> {
            if (!response.is("MYRIGHTS")) {
              return false;
            }
            response.cursor().string();
            response.cursor().skipSpaces();
            rights[0] = response.cursor().string() ? response.cursor().text() : "";
            return true;
          });
    } catch (ImapRefusedException | ImapBadCommandException e) {
      return Optional.empty();
    }
    return Optional.of(rights[0]).filter(letters -> !letters.isEmpty());
  }

  /** GETQUOTAROOT (RFC 9208): the quotas that a mailbox counts for; needs QUOTA. */
  public List<ServerQuota> quotas(String mailbox) {
    return new QuotaRootCommand(session).run(mailbox);
  }

  /** CREATE. */
  public void create(String mailbox) {
    session.execute(Command.named("CREATE").string(session.wireName(mailbox)));
  }

  /**
   * CREATE with a special use (RFC 6154).
   *
   * @param specialUse e.g. {@code \Archive}; left out where the server lacks CREATE-SPECIAL-USE
   */
  public void create(String mailbox, String specialUse) {
    Command command = Command.named("CREATE").string(session.wireName(mailbox));
    if (session.capabilities().has("CREATE-SPECIAL-USE")) {
      command.raw(" (USE").flags(Set.of(specialUse)).raw(")");
    }
    session.execute(command);
  }

  /** DELETE. */
  public void delete(String mailbox) {
    session.execute(Command.named("DELETE").string(session.wireName(mailbox)));
  }

  /** RENAME; children move along. */
  public void rename(String from, String to) {
    session.execute(
        Command.named("RENAME").string(session.wireName(from)).string(session.wireName(to)));
  }

  /** SUBSCRIBE. */
  public void subscribe(String mailbox) {
    session.execute(Command.named("SUBSCRIBE").string(session.wireName(mailbox)));
  }

  /** UNSUBSCRIBE. */
  public void unsubscribe(String mailbox) {
    session.execute(Command.named("UNSUBSCRIBE").string(session.wireName(mailbox)));
  }
}
