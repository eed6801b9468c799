package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/**
 * The visible Emails of one Thread at one moment, and what they add to the counts of Mailboxes.
 *
 * @param emails oldest first, ties by id
 */
record ThreadMembers(List<Member> emails) {

  static final ThreadMembers NONE = new ThreadMembers(List.of());

  /**
   * An Email of the Thread.
   *
   * @param id its public id
   * @param isUnread whether it counts as unread
   * @param folders where it is
   */
  record Member(String id, boolean isUnread, List<Long> folders) {}

  static ThreadMembers read(Session session, long thread) throws SQLException {
    List<Member> emails = new ArrayList<>();
    long[] last = {-1};
    session.walk(
        "SELECT e.email, e.id, e.flags, m.folder FROM replica_email e"
            + " JOIN replica_member m ON m.email = e.email"
            + " WHERE e.thread = ? ORDER BY e.received_at, e.id",
        row -> {
          if (row.getLong(1) != last[0]) {
            last[0] = row.getLong(1);
            emails.add(
                new Member(row.getString(2), FlagSet.isUnread(row.getInt(3)), new ArrayList<>(2)));
          }
          emails.get(emails.size() - 1).folders().add(row.getLong(4));
          return true;
        },
        thread);
    return emails.isEmpty() ? NONE : new ThreadMembers(emails);
  }

  boolean isEmpty() {
    return emails.isEmpty();
  }

  List<String> ids() {
    return emails.stream().map(Member::id).toList();
  }

  /**
   * What the Thread adds to the counts of each folder. Trash is a world of its own (RFC 8621
   * section 2): what is only there makes no Thread unread elsewhere, and what is elsewhere makes
   * none unread there.
   *
   * @param trash the key of the folder with the role trash, 0 if there is none
   */
  Map<Long, Counts> counts(long trash) {
    boolean unreadOutside = false;
    boolean unreadInTrash = false;
    Map<Long, Counts> counts = new HashMap<>();
    for (Member email : emails) {
      boolean inTrash = email.folders().contains(trash);
      boolean onlyInTrash = inTrash && email.folders().size() == 1;
      unreadOutside |= email.isUnread() && !onlyInTrash;
      unreadInTrash |= email.isUnread() && inTrash;
      for (long folder : email.folders()) {
        counts.merge(folder, Counts.ofEmail(email.isUnread()), Counts::plus);
      }
    }
    boolean outside = unreadOutside;
    boolean inside = unreadInTrash;
    counts.replaceAll(
        (folder, count) -> count.plus(Counts.ofThread(folder == trash ? inside : outside)));
    return counts;
  }
}
