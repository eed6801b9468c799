package org.jmapproxy.backend.imap.internal.store.sqlite;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;

/** Named texts in a table. */
record SqliteNotes(Database database) implements Notes {

  @Override
  public Optional<String> find(String name) {
    return database.read(
        session ->
            session.first(
                "SELECT text FROM own_note WHERE name = ?", row -> row.getString(1), name));
  }

  @Override
  public void put(String name, String text) {
    database.write(
        Durability.POWER,
        session ->
            session.update(
                "INSERT OR REPLACE INTO own_note (name, text) VALUES (?, ?)", name, text));
  }

  @Override
  public void remove(String name) {
    database.write(
        Durability.POWER, session -> session.update("DELETE FROM own_note WHERE name = ?", name));
  }
}
