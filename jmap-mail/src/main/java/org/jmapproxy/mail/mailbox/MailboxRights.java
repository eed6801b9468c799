package org.jmapproxy.mail.mailbox;

/**
 * What the user may do with a Mailbox (RFC 8621 section 2).
 *
 * @param mayReadItems use it in queries and see its Emails
 * @param mayAddItems put Emails into it
 * @param mayRemoveItems take Emails out of it
 * @param maySetSeen change {@code $seen} of its Emails
 * @param maySetKeywords change other keywords of its Emails
 * @param mayCreateChild create Mailboxes below it
 * @param mayRename rename or move it
 * @param mayDelete destroy it
 * @param maySubmit submit messages directly to it
 */
public record MailboxRights(
    boolean mayReadItems,
    boolean mayAddItems,
    boolean mayRemoveItems,
    boolean maySetSeen,
    boolean maySetKeywords,
    boolean mayCreateChild,
    boolean mayRename,
    boolean mayDelete,
    boolean maySubmit) {

  private static final MailboxRights ALL =
      new MailboxRights(true, true, true, true, true, true, true, true, true);

  /** Everything is allowed. */
  public static MailboxRights all() {
    return ALL;
  }
}
