package org.jmapproxy.backend.imap.internal.store.mail;

import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.thread.ThreadLookup;
import org.jmapproxy.mail.thread.ThreadType;

/** The roles that tables answer. */
public final class MailRoles {

  private MailRoles() {}

  /** Adds all but the query role. */
  public static void add(
      Roles.Builder roles, Database database, ReplicaCommits commits, BlobIds blobIds) {
    StoredThreads threads = new StoredThreads(database);
    roles
        .with(MailboxType.TYPE.readRole(), new StoredMailboxes(database))
        .with(
            MailboxType.TYPE.changesRole(), new TypeChanges(database, commits, ObjectType.MAILBOX))
        .with(ThreadType.TYPE.readRole(), threads)
        .with(ThreadType.TYPE.changesRole(), new TypeChanges(database, commits, ObjectType.THREAD))
        .with(ThreadLookup.ROLE, threads)
        .with(EmailType.TYPE.readRole(), new StoredEmails(database, blobIds))
        .with(EmailType.TYPE.changesRole(), new TypeChanges(database, commits, ObjectType.EMAIL));
  }
}
