package org.jmapproxy.backend.imap.internal.command;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jmapproxy.backend.imap.internal.protocol.AppendedUid;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * Appends one message to a folder and finds out under which UID it is there. When the answer is
 * lost, the message is looked for before anything is said: it must be there neither twice nor
 * never.
 */
final class AppendMessage {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofMillis(600), Duration.ofMillis(1800));

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
   * @throws OutcomeUnknownException when it may or may not have taken it
   */
  long run(StoredFolder folder, NewEmail email) {
    CrlfMessage message = CrlfMessage.of(email.message());
    Sent sent = new Sent();
    Optional<AppendedUid> told;
    try {
      told = append(folder, email, message, sent);
    } catch (ImapConnectionLostException | ImapByeException e) {
      return findOut(folder, message, sent, e);
    }
    Optional<Long> uid =
        told.filter(found -> found.uidValidity() == folder.position().uidValidity())
            .map(AppendedUid::uid);
    return uid.isPresent() ? uid.get() : shown(folder, message);
  }

  /** How much of the message was handed over when the connection broke. */
  private static final class Sent {
    private boolean begun;
    private long octets;
  }

  private Optional<AppendedUid> append(
      StoredFolder folder, NewEmail email, CrlfMessage message, Sent sent) {
    return desk.connections()
        .use(
            Optional.of(folder.path()),
            deadline,
            link -> {
              try (InputStream octets = counting(message.open(), sent)) {
                sent.begun = true;
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

  private static InputStream counting(InputStream message, Sent sent) {
    return new FilterInputStream(message) {
      @Override
      public int read() throws IOException {
        int octet = super.read();
        sent.octets += octet < 0 ? 0 : 1;
        return octet;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        sent.octets += Math.max(0, count);
        return count;
      }
    };
  }

  /**
   * A server that has got less than the whole message stores nothing. One that has got all of it
   * may still be busy storing when it is asked for the first time.
   */
  private long findOut(
      StoredFolder folder, CrlfMessage message, Sent sent, RuntimeException failure) {
    if (!sent.begun || sent.octets < message.size()) {
      throw failure;
    }
    for (Duration pause : PAUSES) {
      Optional<Long> found = look(folder, message, failure);
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(pause.toNanos());
    }
    return look(folder, message, failure)
        .orElseThrow(
            () ->
                new OutcomeUnknownException(
                    "The connection broke before the server said whether it took the message",
                    failure));
  }

  private Optional<Long> look(StoredFolder folder, CrlfMessage message, RuntimeException failure) {
    try {
      return find(folder, message);
    } catch (ImapException | BackendException e) {
      e.addSuppressed(failure);
      throw new OutcomeUnknownException("Whether the server took the message is not known", e);
    }
  }

  /** Without APPENDUID: the message was taken, so that no failure from here on may deny it. */
  private long shown(StoredFolder folder, CrlfMessage message) {
    Optional<Long> found;
    try {
      found = find(folder, message);
    } catch (ImapException | BackendException e) {
      throw new OutcomeUnknownException("The server took the message and cannot show it now", e);
    }
    return found.orElseThrow(
        () ->
            new OutcomeUnknownException(
                "The server took the message and does not show it",
                new IllegalStateException("no message of that id and size")));
  }

  /**
   * Looks among the messages that the replica has not seen for one of this id and size, or at least
   * of this id: some servers count octets in another way.
   */
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
          long alike = messageId.isPresent() && !unknown.isEmpty() ? unknown.last() : 0;
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
          long uid = found[0] == 0 ? alike : found[0];
          return uid == 0 ? Optional.<Long>empty() : Optional.of(uid);
        });
  }
}
