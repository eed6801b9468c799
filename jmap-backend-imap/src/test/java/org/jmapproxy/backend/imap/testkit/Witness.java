package org.jmapproxy.backend.imap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.thread.EmailThread;
import org.jmapproxy.mail.thread.ThreadType;

/**
 * A client that got everything once and has kept up by changes ever since, in pages of one. It
 * checks what must hold whatever happens: changes lead to the list that a fresh get gives, what is
 * not told of has not changed, what is immutable stays, states never go back, and no id is used
 * twice.
 */
public final class Witness {
  private static final Set<String> METADATA =
      Set.of("id", "blobId", "threadId", "mailboxIds", "keywords", "receivedAt", "size", "preview");

  private final AccountView view;
  private final Followed<Mailbox> mailboxes;
  private final Followed<EmailThread> threads;
  private final Followed<Email> emails;

  /** Gets everything. */
  public Witness(AccountView view) {
    this.view = view;
    mailboxes =
        new Followed<>(
            view.roles().find(MailboxType.TYPE.changesRole()).orElseThrow(),
            view::mailboxes,
            Mailbox::id);
    threads =
        new Followed<>(
            view.roles().find(ThreadType.TYPE.changesRole()).orElseThrow(),
            () ->
                view.roles()
                    .find(ThreadType.TYPE.readRole())
                    .orElseThrow()
                    .read(view.context(), ReadRequest.all(Set.of("id", "emailIds"))),
            EmailThread::id);
    emails =
        new Followed<>(
            view.roles().find(EmailType.TYPE.changesRole()).orElseThrow(),
            () ->
                view.roles()
                    .find(EmailType.TYPE.readRole())
                    .orElseThrow()
                    .read(view.context(), ReadRequest.all(METADATA)),
            Email::id);
  }

  /** Keeps up, and checks. Nothing may be changing meanwhile. */
  public void check() {
    mailboxes.check((was, is) -> assertThat(is.id()).isEqualTo(was.id()));
    threads.check((was, is) -> assertThat(is.id()).isEqualTo(was.id()));
    emails.check(Witness::immutablesStay);
    threadsAreWhatEmailsSay();
    mailboxes.objects.values().forEach(this::mailboxIsWhatEmailsSay);
  }

  private static void immutablesStay(Email was, Email is) {
    assertThat(is.threadId()).isEqualTo(was.threadId());
    assertThat(is.blobId()).isEqualTo(was.blobId());
    assertThat(is.receivedAt()).isEqualTo(was.receivedAt());
    assertThat(is.size()).isEqualTo(was.size());
    assertThat(is.preview()).isEqualTo(was.preview());
  }

  private void threadsAreWhatEmailsSay() {
    Map<Id, Set<Id>> expected = new HashMap<>();
    for (Email email : emails.objects.values()) {
      assertThat(email.mailboxIds()).isNotEmpty();
      assertThat(mailboxes.objects.keySet()).containsAll(email.mailboxIds());
      expected.computeIfAbsent(email.threadId(), id -> new HashSet<>()).add(email.id());
    }
    Map<Id, Set<Id>> told =
        threads.objects.values().stream()
            .collect(Collectors.toMap(EmailThread::id, thread -> Set.copyOf(thread.emailIds())));
    assertThat(told).isEqualTo(expected);
  }

  private void mailboxIsWhatEmailsSay(Mailbox mailbox) {
    List<Email> inside =
        emails.objects.values().stream()
            .filter(email -> email.mailboxIds().contains(mailbox.id()))
            .toList();
    assertThat(mailbox.totalEmails()).as(mailbox.name()).isEqualTo(inside.size());
    assertThat(mailbox.unreadEmails())
        .as(mailbox.name())
        .isEqualTo(inside.stream().filter(Witness::isUnread).count());
    assertThat(query(mailbox.id()))
        .as(mailbox.name())
        .containsExactlyInAnyOrderElementsOf(inside.stream().map(Email::id).toList());
  }

  private static boolean isUnread(Email email) {
    return !email.keywords().contains("$seen") && !email.keywords().contains("$draft");
  }

  private List<Id> query(Id mailboxId) {
    Query query =
        new Query(
            Optional.of(new Filter.Condition<>(EmailFilters.IN_MAILBOX, mailboxId)),
            List.of(SortBy.of(EmailSorts.RECEIVED_AT, false)),
            Arguments.none());
    return view.roles()
        .find(EmailType.TYPE.queryRole())
        .orElseThrow()
        .page(view.context(), query, 0, Integer.MAX_VALUE, false)
        .ids();
  }

  /**
   * The objects of one type. One that is gone may come back, as a message does that is not {@code
   * \Deleted} any more: its id is its own, so it must be what it was.
   */
  private final class Followed<T> {
    private final ChangesRole changes;
    private final Supplier<List<T>> source;
    private final Function<T, Id> id;
    private final Map<Id, T> gone = new HashMap<>();
    private State state;
    private Map<Id, T> objects;

    Followed(ChangesRole changes, Supplier<List<T>> source, Function<T, Id> id) {
      this.changes = changes;
      this.source = source;
      this.id = id;
      this.state = changes.state(view.context());
      this.objects = fresh();
    }

    private Map<Id, T> fresh() {
      return source.get().stream().collect(Collectors.toMap(id, Function.identity()));
    }

    void check(BiConsumer<T, T> wasAndIs) {
      Map<Id, T> now = fresh();
      Set<Id> ids = new HashSet<>(objects.keySet());
      Set<Id> told = new HashSet<>();
      Set<Id> back = new HashSet<>();
      for (Changes page : pages()) {
        for (Id created : page.created()) {
          assertThat(ids.add(created)).as("%s is new", created).isTrue();
          if (gone.containsKey(created)) {
            back.add(created);
          }
        }
        assertThat(ids).containsAll(page.updated());
        for (Id destroyed : page.destroyed()) {
          assertThat(ids.remove(destroyed)).as("%s was known", destroyed).isTrue();
          Optional.ofNullable(objects.get(destroyed)).ifPresent(was -> gone.put(destroyed, was));
        }
        told.addAll(page.created());
        told.addAll(page.updated());
      }
      assertThat(ids).as("ids by changes").isEqualTo(now.keySet());
      back.retainAll(now.keySet());
      back.forEach(known -> wasAndIs.accept(gone.get(known), now.get(known)));
      objects.forEach(
          (known, was) ->
              Optional.ofNullable(now.get(known))
                  .ifPresent(
                      is -> {
                        wasAndIs.accept(was, is);
                        if (!told.contains(known)) {
                          assertThat(is).as("nobody told of it").isEqualTo(was);
                        }
                      }));
      objects = now;
    }

    private List<Changes> pages() {
      List<Changes> pages = new ArrayList<>();
      boolean hasMore = true;
      while (hasMore) {
        Changes page = changes.changes(view.context(), state, 1).orElseThrow();
        int size = page.created().size() + page.updated().size() + page.destroyed().size();
        assertThat(size).as(page.toString()).isLessThanOrEqualTo(1);
        assertThat(number(page.newState())).isGreaterThanOrEqualTo(number(state));
        pages.add(page);
        hasMore = page.hasMoreChanges();
        state = page.newState();
      }
      assertThat(state).isEqualTo(changes.state(view.context()));
      return pages;
    }

    private static long number(State state) {
      return Long.parseLong(state.value().substring(state.value().lastIndexOf('-') + 1));
    }
  }
}
