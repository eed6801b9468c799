package org.jmapproxy.backend.imap.internal.store;

/**
 * How far the replica of a folder is.
 *
 * @param uidValidity UIDVALIDITY that all UIDs belong to; 0 before the first look
 * @param uidNext every message with a UID below this has been looked at, down to {@code
 *     fetchedDownTo}; 0 before the first look
 * @param highestModSeq flag changes up to this mod-sequence are known; 0 without CONDSTORE
 * @param fetchedDownTo every message with a UID from this one on is in the replica; 0 before the
 *     first window, 1 when the folder is whole
 * @param serverMessages how many messages the server said it holds
 */
public record FolderPosition(
    long uidValidity, long uidNext, long highestModSeq, long fetchedDownTo, long serverMessages) {

  /** Nothing has been looked at yet. */
  public static FolderPosition unknown() {
    return new FolderPosition(0, 0, 0, 0, 0);
  }

  /** Whether every message has been fetched once. */
  public boolean isWhole() {
    return fetchedDownTo == 1;
  }
}
