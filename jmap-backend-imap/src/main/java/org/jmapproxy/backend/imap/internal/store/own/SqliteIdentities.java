package org.jmapproxy.backend.imap.internal.store.own;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.IdentityStore;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.identity.AddressJson;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.NewIdentity;
import org.jspecify.annotations.Nullable;

/** Identities in a table. */
public final class SqliteIdentities implements IdentityStore {

  private static final int AFTER_CONFIGURED = 1_000_000;

  private final Database database;
  private final OwnChanges changes;

  /** Uses a file that has its tables. */
  public SqliteIdentities(Id accountId, Database database) {
    this.database = database;
    this.changes = new OwnChanges(accountId, database, OwnType.IDENTITY);
  }

  @Override
  public Committed configure(List<ConfiguredIdentity> configured) {
    return database.write(Durability.POWER, session -> configure(session, configured));
  }

  /** Several Identities of one address are told apart by their order. */
  private Committed configure(Session session, List<ConfiguredIdentity> configured)
      throws SQLException {
    Map<String, Configured> known = new HashMap<>();
    for (Configured one : configured(session)) {
      known.put(one.source(), one);
    }
    Map<String, Integer> seen = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    boolean moved = false;
    for (int position = 0; position < configured.size(); position++) {
      ConfiguredIdentity one = configured.get(position);
      String key = one.email().toLowerCase(Locale.ROOT);
      String source = key + "#" + seen.merge(key, 1, Integer::sum);
      wanted.add(source);
      moved |= configure(session, one, source, position, Optional.ofNullable(known.get(source)));
    }
    for (Configured one : known.values()) {
      if (!wanted.contains(one.source())) {
        moved |= remove(session, one.id());
      }
    }
    return moved ? changes.committed(session) : OwnChanges.nothing();
  }

  private boolean configure(
      Session session,
      ConfiguredIdentity wanted,
      String source,
      int position,
      Optional<Configured> known)
      throws SQLException {
    if (known.isEmpty()) {
      Identity identity =
          new NewIdentity(wanted.name(), wanted.email(), Optional.empty(), Optional.empty(), "", "")
              .as(newId());
      insert(session, identity, position, source, wanted.name());
      changes.note(session, identity.id(), false, true);
      return true;
    }
    session.update("UPDATE own_identity SET position = ? WHERE id = ?", position, known.get().id());
    if (known.get().sourceName().equals(wanted.name())) {
      return false;
    }
    session.update(
        "UPDATE own_identity SET name = CASE WHEN name = source_name THEN ? ELSE name END,"
            + " source_name = ? WHERE id = ?",
        wanted.name(),
        wanted.name(),
        known.get().id());
    changes.note(session, Id.of(known.get().id()), true, true);
    return true;
  }

  private boolean remove(Session session, String id) throws SQLException {
    boolean wasThere = session.update("DELETE FROM own_identity WHERE id = ?", id) > 0;
    changes.note(session, Id.of(id), wasThere, false);
    return wasThere;
  }

  @Override
  public List<Identity> all() {
    return database.read(
        session ->
            session.list(
                "SELECT id, name, email, reply_to, bcc, text_signature, html_signature, source"
                    + " FROM own_identity ORDER BY position, id",
                SqliteIdentities::identity));
  }

  @Override
  public Added add(NewIdentity creation) {
    return database.write(
        Durability.POWER,
        session -> {
          Identity identity = creation.as(newId());
          insert(session, identity, AFTER_CONFIGURED, null, null);
          changes.note(session, identity.id(), false, true);
          return new Added(identity, changes.committed(session));
        });
  }

  @Override
  public Optional<Committed> change(Id id, UnaryOperator<Identity> change) {
    return database.write(
        Durability.POWER,
        session -> {
          Optional<Identity> before =
              session.first(
                  "SELECT id, name, email, reply_to, bcc, text_signature, html_signature, source"
                      + " FROM own_identity WHERE id = ?",
                  SqliteIdentities::identity,
                  id.value());
          if (before.isEmpty()) {
            return Optional.empty();
          }
          Identity after = change.apply(before.get());
          if (after.equals(before.get())) {
            return Optional.of(OwnChanges.nothing());
          }
          update(session, after);
          changes.note(session, id, true, true);
          return Optional.of(changes.committed(session));
        });
  }

  @Override
  public Committed remove(Set<Id> ids) {
    return database.write(
        Durability.POWER,
        session -> {
          boolean moved = false;
          for (Id id : ids) {
            moved |= remove(session, id.value());
          }
          return moved ? changes.committed(session) : OwnChanges.nothing();
        });
  }

  @Override
  public ChangesRole changes() {
    return changes;
  }

  private static void insert(
      Session session,
      Identity identity,
      int position,
      @Nullable String source,
      @Nullable String sourceName)
      throws SQLException {
    session.update(
        "INSERT INTO own_identity (id, position, source, source_name, email, name, reply_to, bcc,"
            + " text_signature, html_signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        identity.id().value(),
        position,
        source,
        sourceName,
        identity.email(),
        identity.name(),
        column(identity.replyTo()),
        column(identity.bcc()),
        identity.textSignature(),
        identity.htmlSignature());
  }

  private static void update(Session session, Identity identity) throws SQLException {
    session.update(
        "UPDATE own_identity SET name = ?, reply_to = ?, bcc = ?, text_signature = ?,"
            + " html_signature = ? WHERE id = ?",
        identity.name(),
        column(identity.replyTo()),
        column(identity.bcc()),
        identity.textSignature(),
        identity.htmlSignature(),
        identity.id().value());
  }

  private static Identity identity(ResultSet row) throws SQLException {
    return new Identity(
        Id.of(row.getString(1)),
        row.getString(2),
        row.getString(3),
        addresses(row.getString(4)),
        addresses(row.getString(5)),
        row.getString(6),
        row.getString(7),
        row.getString(8) == null);
  }

  private static List<Configured> configured(Session session) throws SQLException {
    return session.list(
        "SELECT id, source, source_name FROM own_identity WHERE source IS NOT NULL",
        row -> new Configured(row.getString(1), row.getString(2), row.getString(3)));
  }

  private static @Nullable String column(Optional<List<EmailAddress>> addresses) {
    return addresses.isPresent() ? AddressJson.write(addresses).toString() : null;
  }

  private static Optional<List<EmailAddress>> addresses(@Nullable String column) {
    return column == null ? Optional.empty() : AddressJson.read(OutboxJson.parse(column));
  }

  private static Id newId() {
    return Id.of("i-" + UUID.randomUUID());
  }

  /** A row that stands for a configured address. */
  private record Configured(String id, String source, String sourceName) {}
}
