package org.jmapproxy.backend.imap.internal.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxStore;
import org.jmapproxy.backend.imap.internal.store.OutboxStore.Changed;
import org.jmapproxy.backend.imap.internal.sync.Publisher;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * Submissions and their messages, kept together; clients hear of what changes. A message is there
 * before its record, and longer.
 *
 * @param store the records
 * @param files the messages
 * @param publisher tells clients
 */
record Shelf(OutboxStore store, MessageFiles files, Publisher publisher) {

  /** The parameter of MAIL that names an envelope (RFC 3461 section 4.4). */
  static final String ENVELOPE_ID = "ENVID";

  Id newId() {
    return store.newId();
  }

  MessageTraits put(Id id, InputStream message) {
    return files.write(id, message);
  }

  InputStream message(Id id) {
    return files.open(id);
  }

  Blob blob(Id id) {
    return files.blob(id);
  }

  /** Removes a message that has no record. */
  void drop(Id id) {
    files.delete(id);
  }

  List<OutboxEntry> open() {
    return store.open();
  }

  Optional<OutboxEntry> find(Id id) {
    return store.find(id);
  }

  boolean isEmpty() {
    return store.isEmpty();
  }

  /** The submission of a message; the last one, if it was sent twice. */
  Optional<OutboxEntry> withMessageId(String messageId) {
    return store.withMessageId(messageId).stream().findFirst();
  }

  /** The submission whose envelope was given a name, by us or by the client. */
  Optional<OutboxEntry> withEnvelopeId(String envelopeId) {
    Optional<OutboxEntry> ours =
        Id.isValid(envelopeId) ? find(Id.of(envelopeId)) : Optional.<OutboxEntry>empty();
    List<OutboxEntry> theirs =
        ours.isPresent()
            ? List.of()
            : store.all().stream()
                .filter(
                    entry ->
                        entry
                            .order()
                            .envelope()
                            .mailFrom()
                            .parameter(ENVELOPE_ID)
                            .equals(Optional.of(envelopeId)))
                .toList();
    return theirs.size() == 1 ? Optional.of(theirs.get(0)) : ours;
  }

  /** The Message-ID of a message that is kept. */
  Optional<String> messageId(Id id) {
    try (InputStream message = files.open(id)) {
      return HeaderBlock.of(FailureNotice.header(message))
          .messageIds("Message-ID")
          .flatMap(ids -> ids.stream().findFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(OutboxEntry entry) {
    publisher.publish(store.add(entry));
  }

  /** Changes a record; its message goes when it is needed no more, and both when nobody sees it. */
  Optional<OutboxEntry> change(Id id, UnaryOperator<OutboxEntry> change) {
    Optional<Changed> changed = store.change(id, change);
    changed.ifPresent(done -> publisher.publish(done.committed()));
    Optional<OutboxEntry> entry = changed.map(Changed::entry);
    if (entry.filter(now -> !now.isOpen()).isPresent()) {
      files.delete(id);
      if (entry.get().forgotten()) {
        publisher.publish(store.remove(id));
      }
    }
    return entry;
  }

  void remove(Id id) {
    publisher.publish(store.remove(id));
    files.delete(id);
  }

  /** Puts in order what an earlier life left, and forgets what is done for long. */
  void tidy(Progress progress, Instant doneBefore) {
    Set<Id> needed = new HashSet<>();
    for (OutboxEntry entry : store.open()) {
      Optional<OutboxEntry> found = progress.found(entry);
      if (found.isEmpty()) {
        store.remove(entry.id());
      } else {
        Optional<OutboxEntry> now =
            found.get().equals(entry) ? found : change(entry.id(), stored -> found.get());
        now.filter(OutboxEntry::isOpen).ifPresent(open -> needed.add(open.id()));
      }
    }
    files.keepOnly(needed);
    publisher.publish(store.removeDone(doneBefore));
  }
}
