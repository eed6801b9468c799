package org.jmapproxy.backend.imap.internal.store.own;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.KeptScript;
import org.jmapproxy.backend.imap.internal.store.ScriptStore;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangesRole;

/** Sieve scripts in a table. */
public final class SqliteScripts implements ScriptStore {

  private final Database database;
  private final OwnChanges changes;

  /** Uses a file that has its tables. */
  public SqliteScripts(Id accountId, Database database) {
    this.database = database;
    this.changes = new OwnChanges(accountId, database, OwnType.SIEVE_SCRIPT);
  }

  @Override
  public List<KeptScript> all() {
    return database.read(SqliteScripts::all);
  }

  @Override
  public Optional<String> text(Id blobId) {
    return database.read(
        session ->
            session.first(
                "SELECT text FROM own_script WHERE blob_id = ?",
                row -> row.getString(1),
                blobId.value()));
  }

  @Override
  public ChangesRole changes() {
    return changes;
  }

  @Override
  public Committed replace(List<SeenScript> seen) {
    List<KeptScript> before = all();
    if (identified(before, seen).equals(before)) {
      return OwnChanges.nothing();
    }
    return database.write(
        Durability.POWER,
        session -> {
          List<KeptScript> known = all(session);
          List<KeptScript> now = identified(known, seen);
          session.update("DELETE FROM own_script");
          for (KeptScript script : now) {
            insert(session, script);
          }
          return note(session, byId(known), byId(now))
              ? changes.committed(session)
              : OwnChanges.nothing();
        });
  }

  private static List<KeptScript> all(Session session) throws SQLException {
    return session.list(
        "SELECT id, name, text, runs, is_active FROM own_script ORDER BY name",
        SqliteScripts::script);
  }

  private static KeptScript script(ResultSet row) throws SQLException {
    return new KeptScript(
        Id.of(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        row.getBoolean(5));
  }

  private static void insert(Session session, KeptScript script) throws SQLException {
    session.update(
        "INSERT INTO own_script (id, name, blob_id, text, runs, is_active)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        script.id().value(),
        script.name(),
        script.blobId().value(),
        script.text(),
        script.runs(),
        script.isActive());
  }

  private boolean note(Session session, Map<Id, KeptScript> before, Map<Id, KeptScript> now)
      throws SQLException {
    boolean moved = false;
    for (Id id : before.keySet()) {
      if (!now.containsKey(id)) {
        changes.note(session, id, true, false);
        moved = true;
      }
    }
    for (KeptScript script : now.values()) {
      KeptScript old = before.get(script.id());
      if (old == null || !looksLike(old, script)) {
        changes.note(session, script.id(), old != null, true);
        moved = true;
      }
    }
    return moved;
  }

  /** Whether clients see no difference. */
  private static boolean looksLike(KeptScript one, KeptScript other) {
    return one.name().equals(other.name())
        && one.text().equals(other.text())
        && one.isActive() == other.isActive();
  }

  /** The scripts seen with their ids, by name. */
  private static List<KeptScript> identified(List<KeptScript> known, List<SeenScript> seen) {
    Map<Id, KeptScript> missing = byId(known);
    Map<String, Id> byName = new HashMap<>();
    known.forEach(script -> byName.put(script.name(), script.id()));
    Map<String, Id> ids = new HashMap<>();
    List<SeenScript> unknown = new ArrayList<>();
    seen.forEach(script -> script.id().ifPresent(id -> take(ids, missing, script, id)));
    for (SeenScript script : seen) {
      Id id = byName.get(script.name());
      if (script.id().isEmpty() && id != null && missing.containsKey(id)) {
        take(ids, missing, script, id);
      } else if (script.id().isEmpty()) {
        unknown.add(script);
      }
    }
    for (SeenScript script : unknown) {
      take(ids, missing, script, renamed(script, unknown, missing).orElseGet(SqliteScripts::newId));
    }
    return seen.stream()
        .map(
            script ->
                new KeptScript(
                    ids.getOrDefault(script.name(), newId()),
                    script.name(),
                    script.text(),
                    script.runs(),
                    script.isActive()))
        .sorted(java.util.Comparator.comparing(KeptScript::name))
        .toList();
  }

  private static void take(
      Map<String, Id> ids, Map<Id, KeptScript> missing, SeenScript script, Id id) {
    ids.put(script.name(), id);
    missing.remove(id);
  }

  /** The only one that vanished with a text that only one has that appeared. */
  private static Optional<Id> renamed(
      SeenScript script, List<SeenScript> unknown, Map<Id, KeptScript> missing) {
    List<Id> vanished =
        missing.values().stream()
            .filter(one -> one.text().equals(script.text()))
            .map(KeptScript::id)
            .toList();
    boolean isAlone = unknown.stream().filter(one -> one.text().equals(script.text())).count() == 1;
    return isAlone && vanished.size() == 1 ? Optional.of(vanished.get(0)) : Optional.empty();
  }

  private static Map<Id, KeptScript> byId(List<KeptScript> scripts) {
    Map<Id, KeptScript> byId = new LinkedHashMap<>();
    scripts.forEach(script -> byId.put(script.id(), script));
    return byId;
  }

  private static Id newId() {
    return Id.of("s-" + UUID.randomUUID());
  }
}
