package org.jmapproxy.server.push;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.types.PushSubscription;
import org.jmapproxy.core.types.PushSubscriptionStore;
import org.jmapproxy.server.config.DataDirectory;
import org.jmapproxy.server.config.StartupException;
import org.jmapproxy.server.vault.CredentialVault;
import org.jmapproxy.server.vault.VaultException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Push subscriptions in {@code push.sqlite3}. Addresses and codes are sealed like passwords, and
 * what is removed is overwritten. Thread-safe.
 */
final class PushFile implements PushSubscriptionStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PushFile.class);
  private static final String FILE = "push.sqlite3";
  private static final int VERSION = 1;
  private static final String TABLE =
      """
      CREATE TABLE subscription (
        id TEXT PRIMARY KEY,
        principal TEXT NOT NULL,
        username TEXT NOT NULL,
        device TEXT NOT NULL,
        url TEXT NOT NULL,
        code TEXT NOT NULL,
        verified INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        types TEXT
      ) STRICT""";

  private final Connection connection;
  private final CredentialVault vault;

  private PushFile(Connection connection, CredentialVault vault) {
    this.connection = connection;
    this.vault = vault;
  }

  /**
   * Opens the file, creating it where needed.
   *
   * @throws StartupException if it is damaged or of a newer version
   */
  static PushFile open(DataDirectory data, CredentialVault vault) {
    Path file = data.privateFile(FILE);
    try {
      return new PushFile(connect(file), vault);
    } catch (SQLException e) {
      throw StartupException.unavailable(
          file + " cannot be opened; move it away: clients make their push subscriptions anew.");
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA secure_delete = ON");
      statement.executeUpdate("PRAGMA synchronous = FULL");
      int version = statement.executeQuery("PRAGMA user_version").getInt(1);
      if (version > VERSION) {
        throw StartupException.unavailable(
            file + " was written by a newer version; start that version, or move the file away.");
      }
      if (version == 0) {
        statement.executeUpdate(
            "BEGIN IMMEDIATE; " + TABLE + "; PRAGMA user_version = " + VERSION + "; COMMIT");
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What was sealed with another key is left out, and stays in the file. */
  @Override
  public synchronized List<PushSubscription> all() {
    List<PushSubscription> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM subscription");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        read(row).ifPresent(all::add);
      }
      return all;
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  @Override
  public synchronized void put(PushSubscription one) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO subscription VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, one.id().value());
      statement.setString(2, one.principal().name());
      statement.setString(3, one.principal().username());
      statement.setString(4, one.deviceClientId());
      statement.setString(5, vault.seal(one.url().toString()));
      statement.setString(6, vault.seal(one.verificationCode()));
      statement.setInt(7, one.verified() ? 1 : 0);
      statement.setLong(8, one.expires().getEpochSecond());
      statement.setString(
          9, one.types().map(types -> String.join("\n", new TreeSet<>(types))).orElse(null));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  @Override
  public synchronized void remove(Id id) {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM subscription WHERE id = ?")) {
      statement.setString(1, id.value());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private Optional<PushSubscription> read(ResultSet row) throws SQLException {
    String id = row.getString("id");
    try {
      return Optional.of(
          new PushSubscription(
              Id.of(id),
              new Principal(row.getString("principal"), row.getString("username")),
              row.getString("device"),
              URI.create(vault.open(row.getString("url"))),
              vault.open(row.getString("code")),
              row.getInt("verified") != 0,
              Instant.ofEpochSecond(row.getLong("expires")),
              types(row.getString("types"))));
    } catch (VaultException | IllegalArgumentException e) {
      LOG.error("Push subscription {} cannot be read and is left alone", id);
      return Optional.empty();
    }
  }

  private static Optional<Set<String>> types(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(names -> names.isEmpty() ? Set.of() : Set.of(names.split("\n", -1)));
  }

  private static BackendException broken(SQLException e) {
    return new BackendException(
        BackendException.Reason.BROKEN, FILE + " cannot be used: " + e.getMessage(), e);
  }
}
