package org.jmapproxy.backend.imap.internal.store.mail;

/**
 * The counts of a Mailbox, or a difference between two of them (RFC 8621 section 2).
 *
 * @param totalEmails Emails in it
 * @param unreadEmails unread ones of them
 * @param totalThreads Threads with an Email in it
 * @param unreadThreads unread ones of them
 */
record Counts(long totalEmails, long unreadEmails, long totalThreads, long unreadThreads) {

  static final Counts ZERO = new Counts(0, 0, 0, 0);

  static Counts ofEmail(boolean isUnread) {
    return new Counts(1, isUnread ? 1 : 0, 0, 0);
  }

  static Counts ofThread(boolean isUnread) {
    return new Counts(0, 0, 1, isUnread ? 1 : 0);
  }

  Counts plus(Counts other) {
    return new Counts(
        totalEmails + other.totalEmails,
        unreadEmails + other.unreadEmails,
        totalThreads + other.totalThreads,
        unreadThreads + other.unreadThreads);
  }

  Counts minus(Counts other) {
    return new Counts(
        totalEmails - other.totalEmails,
        unreadEmails - other.unreadEmails,
        totalThreads - other.totalThreads,
        unreadThreads - other.unreadThreads);
  }
}
