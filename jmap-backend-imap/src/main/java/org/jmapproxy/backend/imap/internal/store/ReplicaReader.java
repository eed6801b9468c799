package org.jmapproxy.backend.imap.internal.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.core.id.Id;

/** What the replica knows, in terms of IMAP. Thread-safe. */
public interface ReplicaReader {

  /** All folders, parents before children. */
  List<StoredFolder> folders();

  /** A folder by its key. */
  Optional<StoredFolder> folder(FolderKey key);

  /** The folder of a Mailbox. */
  Optional<StoredFolder> folder(Id mailboxId);

  /**
   * Whether a round looks as if folders had been renamed without any proof in it.
   *
   * @return questions to ask the server before the round is applied; several may be about one
   *     folder, or about one path
   */
  List<RenameQuestion> renameQuestions(FolderRound round);

  /** How many messages the replica has of a folder, {@code \Deleted} or not. */
  long copies(FolderKey folder);

  /** The folders of which the replica has messages, found again or not after a reset. */
  Set<FolderKey> foldersWithCopies();

  /** How many messages the replica has of all folders. */
  long copies();

  /** The UIDs known of a folder, {@code \Deleted} or not. */
  UidSet uids(FolderKey folder);

  /** How many messages of a folder are without {@code \Seen}, {@code \Deleted} or not. */
  long unseen(FolderKey folder);

  /** The known UIDs between two, both included. */
  UidSet uids(FolderKey folder, long first, long last);

  /** The Emails of messages by UID; UIDs not known are left out. */
  Map<Long, Id> emailIds(FolderKey folder, UidSet uids);

  /** The messages behind Emails that clients see; other ids are left out. */
  Map<Id, StoredMessage> messages(Collection<Id> emailIds);

  /** The message that a blob id stands for. */
  Optional<StoredMessage> messageOfBlob(Id blobId);

  /**
   * The Emails with a Message-ID, to find out what became of an APPEND.
   *
   * @param messageId without angle brackets
   */
  List<Id> emailsWithMessageId(String messageId);

  /** How many Emails clients can see. */
  long emailCount();
}
