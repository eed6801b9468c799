package org.jmapproxy.mail.capability;

import java.util.OptionalInt;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/**
 * What an account's mail is limited to (RFC 8621 section 1.3.1). A backend whose limits differ from
 * the {@link #standard} ones gives its own under {@link #ROLE}.
 *
 * @param maxMailboxesPerEmail absent: no limit
 * @param maxMailboxDepth how many levels a tree of Mailboxes may have; absent: no limit
 * @param maxSizeMailboxName octets of a name in UTF-8, at least 100
 * @param maxSizeAttachmentsPerEmail octets of all attachments together
 * @param mayCreateTopLevelMailbox whether a Mailbox may be created without a parent
 */
public record MailLimits(
    OptionalInt maxMailboxesPerEmail,
    OptionalInt maxMailboxDepth,
    int maxSizeMailboxName,
    long maxSizeAttachmentsPerEmail,
    boolean mayCreateTopLevelMailbox) {

  /** The key under which an account has limits of its own. */
  public static final Role<MailLimits> ROLE = Role.of("mailLimits", MailLimits.class);

  private static final MailLimits STANDARD =
      new MailLimits(OptionalInt.empty(), OptionalInt.of(100), 255, 50_000_000, true);

  /** Limits that every storage of mail can live with. */
  public static MailLimits standard() {
    return STANDARD;
  }

  /** The limits of an account. */
  public static MailLimits of(Roles roles) {
    return roles.find(ROLE).orElse(STANDARD);
  }
}
