package org.jmapproxy.backend.imap.internal.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.AppendedUid;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * Appends one message to a folder and finds out under which UID it is there. When the answer is
 * lost, the message is looked for before anything is said: it must be there neither twice nor
 * never.
 */
final class AppendMessage {
  private final Desk desk;
  private final Instant deadline;

  AppendMessage(Desk desk, Instant deadline) {
    this.desk = desk;
    this.deadline = deadline;
  }

  /**
   * The UID in the folder.
   *
   * @throws ImapException when the server does not take the message
   * @throws BackendException when it may or may not have taken it
   */
  long run(StoredFolder folder, NewEmail email) {
    CrlfMessage message = CrlfMessage.of(email.message());
    Optional<AppendedUid> told;
    try {
      told = append(folder, email, message);
    } catch (ImapConnectionLostException | ImapByeException e) {
      return find(folder, message).orElseThrow(() -> e);
    }
    return told.filter(uid -> uid.uidValidity() == folder.position().uidValidity())
        .map(AppendedUid::uid)
        .or(() -> find(folder, message))
        .orElseThrow(
            () ->
                new BackendException(
                    Reason.UNAVAILABLE, "The server took the message and does not show it"));
  }

  private Optional<AppendedUid> append(StoredFolder folder, NewEmail email, CrlfMessage message) {
    return desk.connections()
        .use(
            Optional.of(folder.path()),
            deadline,
            link -> {
              try (InputStream octets = message.open()) {
                return link.imap()
                    .messages()
                    .append(
                        folder.path(),
                        FlagNames.of(email.keywords()),
                        Optional.of(email.receivedAt().orElseGet(desk.clock()::instant)),
                        message.size(),
                        octets);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Looks among the messages that the replica has not seen for one of this id and size. */
  private Optional<Long> find(StoredFolder folder, CrlfMessage message) {
    Optional<String> messageId =
        HeaderBlock.of(message.header())
            .messageIds("Message-ID")
            .flatMap(ids -> ids.stream().findFirst());
    long from = Math.max(1, folder.position().uidNext());
    return desk.onFolder(
        folder,
        deadline,
        link -> {
          SearchCriteria criteria = SearchCriteria.all().uids(UidSet.from(from));
          messageId.ifPresent(id -> criteria.header("Message-ID", id));
          UidSet unknown =
              link.imap()
                  .messages()
                  .search(criteria)
                  .minus(UidSet.range(1, from - 1))
                  .minus(desk.reader().uids(folder.key()));
          long[] found = {0};
          link.imap()
              .messages()
              .fetch(
                  unknown,
                  FetchRequest.builder().size().build(),
                  candidate -> {
                    if (candidate.size().orElse(-1) == message.size()) {
                      found[0] = Math.max(found[0], candidate.uid());
                    }
                  });
          return found[0] == 0 ? Optional.<Long>empty() : Optional.of(found[0]);
        });
  }
}
