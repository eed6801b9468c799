package org.jmapproxy.backend.imap.internal.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.AccountStores;
import org.jmapproxy.backend.imap.internal.store.db.Boot;
import org.jmapproxy.backend.imap.internal.store.db.Connections;
import org.jmapproxy.backend.imap.internal.store.db.Corruption;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.backend.imap.internal.store.db.SqliteErrors;
import org.jmapproxy.backend.imap.internal.store.query.HeaderMatch;
import org.jmapproxy.backend.imap.internal.store.schema.Migrations;
import org.jmapproxy.backend.imap.internal.store.schema.PrivateFiles;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each account in a file {@code <accountid>.sqlite3} of one directory. */
public final class SqliteAccountStores implements AccountStores {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteAccountStores.class);

  private final Path directory;
  private final Clock clock;
  private final RandomGenerator random;
  private final Executor helpers;
  private final Boot boot;
  private final Migrations migrations;

  /**
   * Keeps accounts in a directory, which is made if it is not there.
   *
   * @param clock tells when tombstones and uploads are old
   * @param random where ids are drawn from; thread-safe
   * @param helpers may help to understand many messages
   */
  public SqliteAccountStores(
      Path directory, Clock clock, RandomGenerator random, Executor helpers) {
    this(directory, clock, random, helpers, Boot.current(), Migrations.current());
  }

  SqliteAccountStores(
      Path directory,
      Clock clock,
      RandomGenerator random,
      Executor helpers,
      Boot boot,
      Migrations migrations) {
    this.helpers = helpers;
    this.directory = directory;
    this.clock = clock;
    this.random = random;
    this.boot = boot;
    this.migrations = migrations;
  }

  @Override
  public AccountStore open(Id accountId) {
    Path file = file(accountId);
    try {
      PrivateFiles.createDirectory(directory);
      return open(accountId, file);
    } catch (IOException e) {
      throw new BackendException(
          BackendException.Reason.BROKEN, "the account's data cannot be opened", e);
    } catch (SQLException e) {
      throw SqliteErrors.backendException(e, file);
    }
  }

  @Override
  public boolean exists(Id accountId) {
    return Files.exists(file(accountId));
  }

  @Override
  public void delete(Id accountId) {
    String name = file(accountId).getFileName().toString();
    try {
      deleteAll(uploads(accountId));
      if (!Files.exists(directory)) {
        return;
      }
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          String found = file.getFileName().toString();
          if (found.equals(name) || found.startsWith(name + "-") || found.startsWith(name + ".")) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (IOException e) {
      throw new BackendException(
          BackendException.Reason.BROKEN, "the account's data cannot be removed", e);
    }
  }

  private AccountStore open(Id accountId, Path file) throws IOException, SQLException {
    if (Corruption.isMarked(file) && Files.exists(file)) {
      return reopen(accountId, file);
    }
    try {
      return prepare(accountId, file);
    } catch (SQLException e) {
      if (!SqliteErrors.isCorruption(e)) {
        throw e;
      }
      LOG.error("the data of account {} are damaged: {}", accountId, e.getMessage());
      return reopen(accountId, file);
    }
  }

  private AccountStore prepare(Id accountId, Path file) throws IOException, SQLException {
    PrivateFiles.create(file);
    Connections connections = connections();
    try (Session session = connections.openWriter(file)) {
      migrations.apply(session, file);
    }
    Database database = new Database(file, connections);
    return new SqliteAccountStore(
        accountId, database, clock, boot, random, uploads(accountId), helpers);
  }

  private AccountStore reopen(Id accountId, Path file) throws IOException, SQLException {
    Path aside = Corruption.setAside(file, clock.instant());
    LOG.error(
        "the damaged data of account {} are kept as {}; its mail is fetched again",
        accountId,
        aside.getFileName());
    PrivateFiles.create(file);
    try (Session session = connections().openWriter(file)) {
      migrations.apply(session, file);
      Salvage.copyOwnTables(session, aside);
    }
    return prepare(accountId, file);
  }

  private static Connections connections() {
    return new Connections(
        List.of(
            new Connections.NamedFunction(
                HeaderMatch.NAME, HeaderMatch.ARGUMENTS, HeaderMatch::new)));
  }

  private Path file(Id accountId) {
    return directory.resolve(FileName.of(accountId) + ".sqlite3");
  }

  private Path uploads(Id accountId) {
    return directory.resolve(FileName.of(accountId) + ".uploads");
  }

  private static void deleteAll(Path uploads) throws IOException {
    if (!Files.isDirectory(uploads)) {
      return;
    }
    try (Stream<Path> files = Files.list(uploads)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(uploads);
  }
}
