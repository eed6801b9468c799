package org.jmapproxy.backend.imap.internal.protocol;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/**
 * Commands on messages of the selected mailbox, by UID, and APPEND. An empty set of UIDs asks
 * nothing of the server. Sets go out in one command line: cut large ones with {@link
 * UidSet#chunks(int)}. Threads and failures as for {@link ImapConnection}.
 */
public final class MessageCommands {
  private final ImapSession session;

  MessageCommands(ImapSession session) {
    this.session = session;
  }

  /** UID SEARCH. */
  public UidSet search(SearchCriteria criteria) {
    return new SearchCommand(session).run(criteria);
  }

  /**
   * UID FETCH. Each message is handed over as it arrives; a server may send one twice. Unsolicited
   * flag changes of other messages go to the listener. If the server ends with NO, what came before
   * was handed over all the same.
   *
   * @param message takes a message; must not use the connection
   * @return the UIDs that were handed over: compare with those asked
   */
  public UidSet fetch(UidSet uids, FetchRequest request, Consumer<FetchedMessage> message) {
    return uids.isEmpty() ? uids : new FetchCommand(session, uids, request, message).run();
  }

  /**
   * Streams a section of one message, without setting {@code \Seen}.
   *
   * @param section {@code ""} for the whole message, {@code 1.2}, {@code TEXT}, {@code 2.MIME}
   * @param expectedSize what RFC822.SIZE or BODYSTRUCTURE says, or -1; only saves a round trip
   * @param mostBytes what is written at most
   * @return the bytes written; empty if there is no such message or section
   * @throws java.io.UncheckedIOException if {@code out} fails; the connection stays usable
   */
  public OptionalLong download(
      long uid, String section, long expectedSize, long mostBytes, OutputStream out) {
    return new DownloadCommand(session, uid, section).run(expectedSize, mostBytes, out);
  }

  /** UID STORE; the result has the new flags where the server tells them. */
  public StoreResult store(UidSet uids, StoreMode mode, Collection<String> flags) {
    return new StoreCommand(session).run(uids, mode, flags, OptionalLong.empty());
  }

  /** UID STORE of those messages only that did not change since the mod-sequence (CONDSTORE). */
  public StoreResult store(
      UidSet uids, StoreMode mode, Collection<String> flags, long unchangedSince) {
    return new StoreCommand(session).run(uids, mode, flags, OptionalLong.of(unchangedSince));
  }

  /** UID STORE of Gmail labels (X-GM-EXT-1), as decoded names or {@code \\Inbox} and the like. */
  public void storeLabels(UidSet uids, StoreMode mode, Collection<String> labels) {
    new StoreCommand(session).labels(uids, mode, labels);
  }

  /** UID COPY; where to, if the server tells (UIDPLUS). */
  public Optional<CopiedUids> copy(UidSet uids, String mailbox) {
    return new CopyCommand(session).run("UID COPY", uids, mailbox);
  }

  /** UID MOVE (RFC 6851), where offered; where to, if the server tells (UIDPLUS). */
  public Optional<CopiedUids> move(UidSet uids, String mailbox) {
    return new CopyCommand(session).run("UID MOVE", uids, mailbox);
  }

  /** UID EXPUNGE (UIDPLUS): removes those of the UIDs that are marked deleted, no others. */
  public void expunge(UidSet uids) {
    if (!uids.isEmpty()) {
      session.execute(Command.named("UID EXPUNGE").space().raw(uids.toString()));
    }
  }

  /** EXPUNGE: removes all messages marked deleted, whoever marked them. */
  public void expungeAll() {
    session.execute(Command.named("EXPUNGE"));
  }

  /**
   * APPEND of a message that is streamed.
   *
   * @param message exactly {@code size} bytes with CRLF line ends; not closed
   * @return where it is, if the server tells (UIDPLUS)
   */
  public Optional<AppendedUid> append(
      String mailbox,
      Collection<String> flags,
      Optional<Instant> internalDate,
      long size,
      InputStream message) {
    return new AppendCommand(session).run(mailbox, flags, internalDate, size, message);
  }
}
