package org.jmapproxy.mail.mailbox;

import java.util.Comparator;
import java.util.List;
import org.jmapproxy.core.query.SortProperty;

/** What Mailboxes can be sorted by (RFC 8621 section 2.3). */
public final class MailboxSorts {

  /** {@code sortOrder}. */
  public static final SortProperty<Mailbox> SORT_ORDER =
      SortProperty.of("sortOrder", Comparator.comparingLong(Mailbox::sortOrder));

  /** {@code name}, without regard to case. */
  public static final SortProperty<Mailbox> NAME =
      SortProperty.of(
          "name", Comparator.comparing(mailbox -> MailboxFilters.caseless(mailbox.name())));

  static final List<SortProperty<Mailbox>> ALL = List.of(SORT_ORDER, NAME);

  private MailboxSorts() {}
}
