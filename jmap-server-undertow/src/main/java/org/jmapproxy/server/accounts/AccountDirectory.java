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
import org.jmapproxy.server.config.DataDirectory;
import org.jmapproxy.server.config.StartupException;

/**
 * All accounts of this proxy, in {@code accounts.sqlite3}. Thread-safe; every call is one short
 * transaction on a local file.
 */
public final class AccountDirectory implements AutoCloseable {

  private static final String FILE = "accounts.sqlite3";

  private final Connection connection;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  private AccountDirectory(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens the directory, creating it where needed.
   *
   * @throws StartupException if the file is foreign, damaged or of a newer version
   */
  public static AccountDirectory open(DataDirectory data) {
    Path file = data.privateFile(FILE);
    try {
      return new AccountDirectory(DirectoryFile.open(file));
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
    return select("SELECT * FROM account ORDER BY accountid");
  }

  /** The accounts that are seen together, ordered by id. */
  public List<StoredAccount> pool(String poolId) {
    return select("SELECT * FROM account WHERE poolid = ? ORDER BY accountid", poolId);
  }

  /** The account of this id. */
  public Optional<StoredAccount> byId(String accountId) {
    return select("SELECT * FROM account WHERE accountid = ?", accountId).stream().findFirst();
  }

  /** The account of this address, whatever its case. */
  public Optional<StoredAccount> byEmail(String email) {
    return select("SELECT * FROM account WHERE emailkey = ?", AccountRow.emailKey(email)).stream()
        .findFirst();
  }

  /**
   * Adds an account, or changes the settings and the secret of the one that has this id; its status
   * stays.
   *
   * @throws EmailTakenException if another account has this address
   */
  public void put(AccountSettings settings, String sealedSecret) {
    inTransaction(
        () -> {
          Optional<StoredAccount> owner = byEmail(settings.email());
          if (owner.isPresent() && !owner.get().accountId().equals(settings.accountId())) {
            throw new EmailTakenException(
                "email "
                    + settings.email()
                    + " already belongs to account "
                    + owner.get().accountId());
          }
          try (PreparedStatement statement = connection.prepareStatement(AccountRow.UPSERT)) {
            AccountRow.bind(statement, settings, sealedSecret);
            return statement.executeUpdate();
          }
        });
  }

  /** Replaces the stored secret; nothing happens if the account is gone. */
  public void putSecret(String accountId, String sealedSecret) {
    update("UPDATE account SET secret = ? WHERE accountid = ?", sealedSecret, accountId);
  }

  /** Writes down how far the replica is; nothing happens if the account is gone. */
  public void putStatus(String accountId, SyncStatus status) {
    inTransaction(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(AccountRow.STATUS)) {
            AccountRow.bind(statement, accountId, status);
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Removes an account. If it was the root of its pool, every sibling becomes a pool of its own.
   *
   * @return whether there was such an account
   */
  public boolean delete(String accountId) {
    return inTransaction(
        () -> {
          int gone = execute("DELETE FROM account WHERE accountid = ?", accountId);
          if (gone > 0) {
            execute("UPDATE account SET poolid = accountid WHERE poolid = ?", accountId);
          }
          return gone > 0;
        });
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

  private List<StoredAccount> select(String sql, String... values) {
    return inTransaction(
        () -> {
          List<StoredAccount> accounts = new ArrayList<>();
          try (PreparedStatement statement = prepare(sql, values);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              accounts.add(AccountRow.read(rows));
            }
          }
          return accounts;
        });
  }

  private void update(String sql, String... values) {
    inTransaction(() -> execute(sql, values));
  }

  private int execute(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, String... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    return statement;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    oneAtATime.lock();
    try {
      boolean outermost = oneAtATime.getHoldCount() == 1;
      if (!outermost) {
        return work.run();
      }
      connection.setAutoCommit(false);
      try {
        T result = work.run();
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw broken(e);
    } finally {
      oneAtATime.unlock();
    }
  }

  private static IllegalStateException broken(SQLException e) {
    return new IllegalStateException("accounts.sqlite3 cannot be used", e);
  }
}
