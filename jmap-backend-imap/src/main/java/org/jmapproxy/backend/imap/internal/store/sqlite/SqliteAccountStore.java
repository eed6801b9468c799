package org.jmapproxy.backend.imap.internal.store.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.BeyondReplica;
import org.jmapproxy.backend.imap.internal.store.IdentityStore;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.store.OutboxStore;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.ReplicaWriter;
import org.jmapproxy.backend.imap.internal.store.ScriptStore;
import org.jmapproxy.backend.imap.internal.store.Uploads;
import org.jmapproxy.backend.imap.internal.store.blob.StoredUploads;
import org.jmapproxy.backend.imap.internal.store.db.Boot;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.mail.BlobIds;
import org.jmapproxy.backend.imap.internal.store.mail.MailRoles;
import org.jmapproxy.backend.imap.internal.store.mail.ReplicaCommits;
import org.jmapproxy.backend.imap.internal.store.mail.ReplicaState;
import org.jmapproxy.backend.imap.internal.store.mail.SqliteReplicaReader;
import org.jmapproxy.backend.imap.internal.store.mail.SqliteReplicaWriter;
import org.jmapproxy.backend.imap.internal.store.own.SqliteIdentities;
import org.jmapproxy.backend.imap.internal.store.own.SqliteOutbox;
import org.jmapproxy.backend.imap.internal.store.own.SqliteScripts;
import org.jmapproxy.backend.imap.internal.store.query.EmailQueries;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.EmailType;

/** An account in one SQLite file. */
final class SqliteAccountStore implements AccountStore {

  private final Id accountId;
  private final Database database;
  private final ReplicaCommits commits;
  private final BlobIds blobIds;
  private final StoredUploads uploads;
  private final ReplicaReader reader;
  private final ReplicaWriter writer;
  private final Notes notes;
  private final OutboxStore outbox;
  private final IdentityStore identities;
  private final ScriptStore scripts;

  SqliteAccountStore(
      Id accountId,
      Database database,
      Clock clock,
      Boot boot,
      RandomGenerator random,
      Path uploadDirectory,
      Executor helpers) {
    this.accountId = accountId;
    this.database = database;
    commits = ReplicaCommits.open(accountId, database, clock, boot, random);
    blobIds = new BlobIds(database.read(ReplicaState::read).salt());
    uploads = new StoredUploads(database, uploadDirectory, clock);
    reader = new SqliteReplicaReader(database, blobIds);
    writer = new SqliteReplicaWriter(commits, uploads, helpers);
    notes = new SqliteNotes(database);
    outbox = new SqliteOutbox(accountId, database);
    identities = new SqliteIdentities(accountId, database);
    scripts = new SqliteScripts(accountId, database);
  }

  @Override
  public Id accountId() {
    return accountId;
  }

  @Override
  public ReplicaReader reader() {
    return reader;
  }

  @Override
  public ReplicaWriter writer() {
    return writer;
  }

  @Override
  public Uploads uploads() {
    return uploads;
  }

  @Override
  public OutboxStore outbox() {
    return outbox;
  }

  @Override
  public IdentityStore identities() {
    return identities;
  }

  @Override
  public ScriptStore scripts() {
    return scripts;
  }

  @Override
  public Notes notes() {
    return notes;
  }

  @Override
  public void addRolesTo(Roles.Builder roles, Optional<BeyondReplica> beyond) {
    MailRoles.add(roles, database, commits, blobIds);
    roles.with(EmailType.TYPE.queryRole(), new EmailQueries(database, beyond));
  }

  @Override
  public State state(String type) {
    State state = commits.states().get(type);
    if (state == null) {
      throw new IllegalArgumentException("there is no type " + type);
    }
    return state;
  }

  @Override
  public void trim() {
    database.trim();
  }

  @Override
  public void close() {
    try {
      commits.close();
    } finally {
      database.close();
    }
  }
}
