package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.thread.EmailThread;

/** What must hold after every transaction; everything is worked out anew from the Emails. */
final class Invariants {

  private Invariants() {}

  static void check(StoreFixture fixture) {
    List<Email> emails = fixture.allEmails();
    threads(fixture, emails);
    for (Mailbox mailbox : fixture.allMailboxes()) {
      counts(mailbox, emails, fixture.allMailboxes());
      queries(fixture, mailbox, emails);
    }
    assertThat(fixture.reader().emailCount()).isEqualTo(emails.size());
  }

  private static void threads(StoreFixture fixture, List<Email> emails) {
    Map<Id, List<Id>> expected = new HashMap<>();
    emails.stream()
        .sorted(Comparator.comparing(Email::receivedAt).thenComparing(Email::id))
        .forEach(
            email ->
                expected.merge(
                    email.threadId(),
                    List.of(email.id()),
                    (a, b) -> {
                      List<Id> both = new java.util.ArrayList<>(a);
                      both.addAll(b);
                      return both;
                    }));
    Map<Id, List<Id>> actual =
        fixture.allThreads().stream()
            .collect(Collectors.toMap(EmailThread::id, EmailThread::emailIds));
    assertThat(actual).isEqualTo(expected);
  }

  private static void counts(Mailbox mailbox, List<Email> emails, List<Mailbox> all) {
    Optional<Id> trash =
        all.stream()
            .filter(other -> other.role().equals(Optional.of("trash")))
            .map(Mailbox::id)
            .findFirst();
    boolean isTrash = trash.equals(Optional.of(mailbox.id()));
    Set<Id> threads = new HashSet<>();
    Set<Id> unreadThreads = new HashSet<>();
    for (Email email : emails) {
      boolean onlyTrash = trash.isPresent() && email.mailboxIds().equals(Set.of(trash.get()));
      boolean inTrash = trash.isPresent() && email.mailboxIds().contains(trash.get());
      if (email.mailboxIds().contains(mailbox.id())) {
        threads.add(email.threadId());
      }
      if (isUnread(email) && (isTrash ? inTrash : !onlyTrash)) {
        unreadThreads.add(email.threadId());
      }
    }
    unreadThreads.retainAll(threads);
    List<Email> inside =
        emails.stream().filter(email -> email.mailboxIds().contains(mailbox.id())).toList();
    assertThat(mailbox.totalEmails()).as("totalEmails").isEqualTo(inside.size());
    assertThat(mailbox.unreadEmails())
        .as("unreadEmails")
        .isEqualTo(inside.stream().filter(Invariants::isUnread).count());
    assertThat(mailbox.totalThreads()).as("totalThreads").isEqualTo(threads.size());
    assertThat(mailbox.unreadThreads()).as("unreadThreads").isEqualTo(unreadThreads.size());
  }

  private static void queries(StoreFixture fixture, Mailbox mailbox, List<Email> emails) {
    Query newestFirst =
        new Query(
            Optional.of(new Filter.Condition<>(EmailFilters.IN_MAILBOX, mailbox.id())),
            List.of(SortBy.of(EmailSorts.RECEIVED_AT, false)),
            Arguments.none());
    List<Id> found = fixture.query(newestFirst);
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            emails.stream()
                .filter(email -> email.mailboxIds().contains(mailbox.id()))
                .map(Email::id)
                .toList());
  }

  private static boolean isUnread(Email email) {
    return !email.keywords().contains("$seen") && !email.keywords().contains("$draft");
  }
}
