package org.jmapproxy.backend.imap.internal.store.mail;

/**
 * A message in a folder, as a row.
 *
 * @param folder the folder's key
 * @param uid the UID; negative while the folder is read anew and the message was not found again
 * @param flags its flags
 * @param modSeq its mod-sequence, or 0
 * @param labels its Gmail labels, each with a tab on both sides; empty if there are none
 */
record CopyRow(long folder, long uid, FlagSet flags, long modSeq, String labels) {

  /** Whether clients see it. */
  boolean isVisible() {
    return !flags.isDeleted();
  }

  /** Whether it waits to be found again under a new UID. */
  boolean isLost() {
    return uid < 0;
  }
}
