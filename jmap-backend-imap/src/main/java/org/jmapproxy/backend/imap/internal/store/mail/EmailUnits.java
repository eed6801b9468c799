package org.jmapproxy.backend.imap.internal.store.mail;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jmapproxy.core.id.Id;

/** The Emails that a transaction works on, each once. Not thread-safe. */
final class EmailUnits {

  private final EmailTable emails;
  private final CopyTable copies;
  private final Labels labels;
  private final Map<Long, EmailUnit> byKey = new LinkedHashMap<>();
  private final Map<ByteBuffer, List<EmailUnit>> freshByDigest = new HashMap<>();
  private final Map<Id, EmailUnit> freshById = new HashMap<>();

  EmailUnits(EmailTable emails, CopyTable copies, Labels labels) {
    this.emails = emails;
    this.copies = copies;
    this.labels = labels;
  }

  int size() {
    return byKey.size();
  }

  Collection<EmailUnit> all() {
    return byKey.values();
  }

  void clear() {
    byKey.clear();
    freshByDigest.clear();
    freshById.clear();
  }

  /** An Email to work on. */
  EmailUnit get(long email) throws SQLException {
    EmailUnit known = byKey.get(email);
    if (known != null) {
      return known;
    }
    EmailRow row =
        emails
            .find(email)
            .orElseThrow(() -> new SQLException("a row refers to Email " + email + ", gone"));
    EmailUnit unit = EmailUnit.stored(email, row, copies.ofEmail(email), labels);
    byKey.put(email, unit);
    return unit;
  }

  /** Adds an Email that is not stored yet. */
  void add(EmailUnit fresh) {
    byKey.put(fresh.key(), fresh);
    freshById.put(fresh.id(), fresh);
    fresh
        .content()
        .flatMap(PreparedArrival::digest)
        .ifPresent(
            digest -> freshByDigest.computeIfAbsent(digest, d -> new ArrayList<>(1)).add(fresh));
  }

  /** Whether an id is taken. */
  boolean hasId(Id id) throws SQLException {
    return freshById.containsKey(id) || emails.hasId(id);
  }

  /** All Emails with the same header, size and date. */
  List<EmailUnit> withDigest(ByteBuffer digest) throws SQLException {
    List<EmailUnit> found = new ArrayList<>();
    for (long email : emails.withDigest(digest)) {
      found.add(get(email));
    }
    found.addAll(freshByDigest.getOrDefault(digest, List.of()));
    return found;
  }

  /** All Emails of a Thread, also those that are not stored yet. */
  List<EmailUnit> ofThread(long thread) throws SQLException {
    List<EmailUnit> found = new ArrayList<>();
    for (long email : emails.ofThread(thread)) {
      EmailUnit unit = get(email);
      if (unit.thread() == thread) {
        found.add(unit);
      }
    }
    for (EmailUnit unit : byKey.values()) {
      if (unit.thread() == thread && (unit.isFresh() || unit.threadChanged())) {
        found.add(unit);
      }
    }
    return found;
  }

  /** The Email of a message in a folder. */
  OptionalLong at(long folder, long uid) throws SQLException {
    return copies.emailAt(folder, uid);
  }
}
