package org.jmapproxy.backend.imap.internal.store.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.core.id.Id;

/**
 * Finds the Thread of a message: the one that the server names, else the one that its message ids
 * and its subject connect it to (RFC 8621 section 3).
 */
final class Threader {

  private static final int LONGEST_SERVER_ID = 500;

  private final ReplicaTransaction tx;

  Threader(ReplicaTransaction tx) {
    this.tx = tx;
  }

  /** The key of the Thread that a new message belongs to. */
  long threadOf(PreparedArrival arrival) throws SQLException {
    List<Long> keys = keys(arrival);
    NavigableSet<Long> connected = new TreeSet<>();
    for (long key : keys) {
      tx.threads().withKey(key).ifPresent(connected::add);
    }
    Optional<String> serverId = serverId(arrival.serverIds());
    long thread =
        serverId.isPresent()
            ? ofServer(serverId.get(), connected)
            : connected.isEmpty() ? create(Optional.empty()) : joined(connected);
    tx.threads().addKeys(thread, keys);
    return thread;
  }

  /** What the server says about Threads, the kind in front of the value. */
  static Optional<String> serverId(ServerIds ids) {
    return ids.threadId()
        .map(id -> "t:" + id)
        .or(() -> ids.gmailThreadId().map(id -> "g:" + id))
        .filter(id -> id.length() > 2 && id.length() <= LONGEST_SERVER_ID);
  }

  private long ofServer(String serverId, NavigableSet<Long> connected) throws SQLException {
    OptionalLong known = tx.threads().withServerId(serverId);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    for (long thread : connected) {
      if (!tx.threads().hasServerId(thread)) {
        tx.threads().setServerId(thread, serverId);
        return thread;
      }
    }
    return create(Optional.of(serverId));
  }

  private long create(Optional<String> serverId) throws SQLException {
    long thread = tx.counters().nextThread();
    tx.threads().insert(thread, newId(serverId), serverId);
    return thread;
  }

  private Id newId(Optional<String> serverId) throws SQLException {
    Optional<String> named = serverId.map(id -> id.substring(2)).filter(RandomIds::isUsable);
    if (named.isPresent()
        && !tx.threads().hasId(Id.of(named.get()))
        && !tx.past().knows(ObjectType.THREAD, named.get())) {
      return Id.of(named.get());
    }
    return tx.ids().next('t');
  }

  /** The one Thread that the message joins; others that it connects become part of it. */
  private long joined(NavigableSet<Long> connected) throws SQLException {
    if (connected.size() == 1) {
      return connected.first();
    }
    List<Long> free = new ArrayList<>();
    OptionalLong named = OptionalLong.empty();
    for (long thread : connected) {
      if (!tx.threads().hasServerId(thread)) {
        free.add(thread);
      } else if (named.isEmpty()) {
        named = OptionalLong.of(thread);
      }
    }
    long survivor = named.isPresent() ? named.getAsLong() : largest(free);
    for (long thread : free) {
      if (thread != survivor) {
        merge(thread, survivor);
      }
    }
    return survivor;
  }

  /** The Thread with most Emails, of several the oldest. */
  private long largest(List<Long> threads) throws SQLException {
    long largest = threads.get(0);
    int most = -1;
    for (long thread : threads) {
      int size = tx.units().ofThread(thread).size();
      if (size > most) {
        most = size;
        largest = thread;
      }
    }
    return largest;
  }

  private void merge(long from, long to) throws SQLException {
    for (EmailUnit unit : tx.units().ofThread(from)) {
      unit.moveToThread(to, tx.ids().next('e'));
    }
    tx.threads().moveKeys(from, to);
  }

  private List<Long> keys(PreparedArrival arrival) {
    String subject = arrival.connections().subjectKey();
    List<Long> keys = new ArrayList<>();
    for (String messageId : arrival.connections().messageIds()) {
      keys.add(key(messageId, subject));
    }
    return keys;
  }

  /** Salted, so that nobody can prepare messages that collide with others. */
  private long key(String messageId, String subject) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(tx.counters().salt().getBytes(StandardCharsets.UTF_8));
      sha.update(messageId.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      sha.update(subject.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(sha.digest()).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
