package org.jmapproxy.backend.imap.internal.store.mail;

/** Which Emails count as unread, in SQL. */
final class Unread {

  /** Holds for rows {@code e} of replica_email with neither $seen nor $draft. */
  static final String CONDITION = "(e.flags & " + (FlagSet.SEEN | FlagSet.DRAFT) + ") = 0";

  private Unread() {}
}
