package org.jmapproxy.server.accounts;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.server.config.DataDirectory;
import org.jmapproxy.server.config.StartupException;

/**
 * All accounts of this proxy, in {@code accounts.sqlite3}. Thread-safe. Reading touches no file:
 * the directory belongs to this process alone; each change is one short transaction.
 */
public final class AccountDirectory implements AutoCloseable {

  private static final String FILE = "accounts.sqlite3";

  private final Connection connection;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile Snapshot snapshot;

  private AccountDirectory(Connection connection, Snapshot snapshot) {
    this.connection = connection;
    this.snapshot = snapshot;
  }

  /**
   * Opens the directory, creating it where needed.
   *
   * @throws StartupException if the file is foreign, damaged or of a newer version
   */
  public static AccountDirectory open(DataDirectory data) {
    Path file = data.privateFile(FILE);
    try {
      Connection connection = DirectoryFile.open(file);
      return new AccountDirectory(connection, new Snapshot(read(connection)));
    } catch (SQLException e) {
      throw StartupException.unavailable(
          file
              + " cannot be opened ("
              + e.getErrorCode()
              + "); restore it from a backup or set JMAP_DATADIR to another directory.");
    }
  }

  /** All accounts, ordered by id. */
  public List<StoredAccount> all() {
    return snapshot.all();
  }

  /** The accounts that are seen together, ordered by id. */
  public List<StoredAccount> pool(String poolId) {
    return snapshot.pool(poolId);
  }

  /** The account of this id. */
  public Optional<StoredAccount> byId(String accountId) {
    return snapshot.byId(accountId);
  }

  /** The account of this address, whatever its case. */
  public Optional<StoredAccount> byEmail(String email) {
    return snapshot.byEmail(email);
  }

  /** The account that has this name at its server. */
  public Optional<StoredAccount> byIdentity(String identity) {
    return snapshot.all().stream()
        .filter(
            account ->
                account
                    .settings()
                    .upstream()
                    .filter(upstream -> upstream.identity().equals(identity))
                    .isPresent())
        .findFirst();
  }

  /**
   * Adds an account, or changes the settings and the secret of the one that has this id; its status
   * stays.
   *
   * @throws EmailTakenException if another account has this address, as its address or its id
   * @throws BackendException if the file cannot be written, as all that change it
   */
  public void put(AccountSettings settings, String sealedSecret) {
    write(
        () -> {
          refuseIfTaken(settings);
          try (PreparedStatement statement = connection.prepareStatement(AccountRow.UPSERT)) {
            AccountRow.bind(statement, settings, sealedSecret);
            statement.executeUpdate();
          }
        },
        this::reload);
  }

  /** Replaces the stored secret; nothing happens if the account is gone. */
  public void putSecret(String accountId, String sealedSecret) {
    write(
        () -> execute("UPDATE account SET secret = ? WHERE accountid = ?", sealedSecret, accountId),
        () -> snapshot.change(accountId, account -> account.withSealedSecret(sealedSecret)));
  }

  /** Writes down how far the replica is; nothing happens if the account is gone. */
  public void putStatus(String accountId, SyncStatus status) {
    write(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(AccountRow.STATUS)) {
            AccountRow.bind(statement, accountId, status);
            statement.executeUpdate();
          }
        },
        () -> snapshot.change(accountId, account -> account.withStatus(status)));
  }

  /**
   * Removes an account. If it was the root of its pool, every sibling becomes a pool of its own.
   *
   * @return whether there was such an account
   */
  public boolean delete(String accountId) {
    oneAtATime.lock();
    try {
      boolean known = byId(accountId).isPresent();
      write(
          () -> {
            execute("DELETE FROM account WHERE accountid = ?", accountId);
            execute("UPDATE account SET poolid = accountid WHERE poolid = ?", accountId);
          },
          this::reload);
      return known;
    } finally {
      oneAtATime.unlock();
    }
  }

  @Override
  public void close() {
    oneAtATime.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw broken(e);
    } finally {
      oneAtATime.unlock();
    }
  }

  private void refuseIfTaken(AccountSettings settings) {
    refuseIfOther(settings, byEmail(settings.email()), "email " + settings.email());
    refuseIfOther(settings, byId(settings.email()), "email " + settings.email());
    refuseIfOther(settings, byEmail(settings.accountId()), "name " + settings.accountId());
  }

  /** Users log in with either, so that neither may name two accounts. */
  private static void refuseIfOther(
      AccountSettings settings, Optional<StoredAccount> owner, String what) {
    if (owner.isPresent() && !owner.get().accountId().equals(settings.accountId())) {
      throw new EmailTakenException(
          what + " already belongs to account " + owner.get().accountId());
    }
  }

  private void reload() throws SQLException {
    snapshot = new Snapshot(read(connection));
  }

  private static List<StoredAccount> read(Connection connection) throws SQLException {
    List<StoredAccount> accounts = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM account ORDER BY accountid");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        accounts.add(AccountRow.read(rows));
      }
    }
    return accounts;
  }

  private void execute(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  /** One transaction, then the same change to what readers see. */
  private void write(Step change, Step afterwards) {
    oneAtATime.lock();
    try {
      connection.setAutoCommit(false);
      try {
        change.run();
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        undo(e);
        throw e;
      }
      connection.setAutoCommit(true);
      afterwards.run();
    } catch (SQLException e) {
      throw broken(e);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** SQLite may have rolled back by itself; what is told is why, not that. */
  private void undo(Exception why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  private static BackendException broken(SQLException e) {
    return new BackendException(
        BackendException.Reason.BROKEN, "accounts.sqlite3 cannot be written: " + e.getMessage(), e);
  }
}
