package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.HeaderFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL finds what the declarations of filters and sorts say, window by window and rank by rank. */
class EmailQueryTest {

  private static final int MESSAGES = 60;
  private static final Set<String> EVERYTHING =
      Set.of("mailboxIds", "keywords", "headers", "receivedAt", "size", "hasAttachment");

  private StoreFixture store;
  private QueryRole queries;
  private List<Email> emails;
  private FolderKey inboxKey;
  private Id inbox;
  private Id archive;

  @BeforeEach
  void fill(@TempDir Path directory) {
    store = new StoreFixture(directory);
    queries = store.roles().find(EmailType.TYPE.queryRole()).orElseThrow();
    inboxKey = store.folder("INBOX", Optional.of("inbox"));
    FolderKey archiveKey = store.folder("Archive");
    inbox = store.mailboxId("INBOX");
    archive = store.mailboxId("Archive");
    Random random = new Random(42);
    for (int i = 1; i <= MESSAGES; i++) {
      TestMessage message = message(random, i);
      int where = random.nextInt(3);
      if (where != 0) {
        store.arrive(inboxKey, message.uid(i));
      }
      if (where != 1) {
        store.arrive(archiveKey, message.uid(i));
      }
    }
    List<Id> ids = store.allEmails().stream().map(Email::id).toList();
    emails = store.emails(ids, EVERYTHING);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyFilterFindsWhatItsDeclarationSays() {
    List<Filter> filters = filters();
    for (Filter filter : filters) {
      assertThat(Set.copyOf(store.query(query(filter, EmailSorts.SIZE, true, false))))
          .as("%s", filter)
          .isEqualTo(Set.copyOf(matching(filter)));
    }
    assertThat(filters.stream().filter(filter -> matching(filter).isEmpty()))
        .as("filters that try nothing")
        .hasSizeLessThan(4);
  }

  @Test
  void operatorsNest() {
    List<Filter> all = filters();
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      Filter filter = nested(random, all, 3);
      assertThat(Set.copyOf(store.query(query(filter, EmailSorts.RECEIVED_AT, false, false))))
          .as("%s", filter)
          .isEqualTo(Set.copyOf(matching(filter)));
    }
  }

  /** Long folders are looked through in another way. */
  @Test
  void keywordsOfThreadsAreFoundInALongFolderAsInAShortOne() {
    Filter inInbox = new Filter.Condition<>(EmailFilters.IN_MAILBOX, inbox);
    List<Query> some = new ArrayList<>();
    List<Query> none = new ArrayList<>();
    for (String keyword : List.of("$seen", "$flagged", "work")) {
      for (var property :
          List.of(
              EmailFilters.SOME_IN_THREAD_HAVE_KEYWORD,
              EmailFilters.ALL_IN_THREAD_HAVE_KEYWORD,
              EmailFilters.NONE_IN_THREAD_HAVE_KEYWORD)) {
        Filter filter = new Filter.And(List.of(inInbox, new Filter.Condition<>(property, keyword)));
        boolean isNone = property.equals(EmailFilters.NONE_IN_THREAD_HAVE_KEYWORD);
        (isNone ? none : some).add(query(filter, EmailSorts.SIZE, true, false));
      }
    }
    List<List<Id>> someBefore = some.stream().map(store::query).toList();
    List<Integer> noneBefore = none.stream().map(query -> store.query(query).size()).toList();
    List<Arrival> plain = new ArrayList<>();
    for (int i = 1; i <= 2100; i++) {
      plain.add(TestMessage.named("plain" + i).subject("Plain " + i).uid(MESSAGES + i));
    }
    store.writer().apply(FolderDelta.of(inboxKey).withArrivals(plain));

    assertThat(some.stream().map(store::query).toList()).isEqualTo(someBefore);
    assertThat(none.stream().map(query -> store.query(query).size() - plain.size()).toList())
        .isEqualTo(noneBefore);
  }

  @Test
  void everySortIsAsDeclaredAndWindowsAndRanksFit() {
    for (SortProperty<?> property :
        List.of(
            EmailSorts.RECEIVED_AT,
            EmailSorts.SIZE,
            EmailSorts.FROM,
            EmailSorts.TO,
            EmailSorts.SUBJECT,
            EmailSorts.SENT_AT,
            EmailSorts.HAS_KEYWORD,
            EmailSorts.SOME_IN_THREAD_HAVE_KEYWORD,
            EmailSorts.ALL_IN_THREAD_HAVE_KEYWORD)) {
      for (boolean ascending : new boolean[] {true, false}) {
        for (boolean collapse : new boolean[] {true, false}) {
          Filter inInbox = new Filter.Condition<>(EmailFilters.IN_MAILBOX, inbox);
          for (Filter filter : List.of(inInbox, new Filter.And(List.of()))) {
            check(query(filter, property, ascending, collapse));
          }
        }
      }
    }
  }

  @Test
  void anUnknownMailboxHasNoEmails() {
    Filter filter = new Filter.Condition<>(EmailFilters.IN_MAILBOX, Id.of("nowhere"));
    assertThat(store.query(query(filter, EmailSorts.SIZE, true, true))).isEmpty();
  }

  @Test
  void onlyTheBodyIsNotSearchedYet() {
    Set<String> declared = new HashSet<>(EmailType.TYPE.filters().keySet());
    declared.remove("body");
    assertThat(queries.support().filters()).isEqualTo(declared);
    assertThat(queries.support().sorts()).isEqualTo(EmailType.TYPE.sorts().keySet());
  }

  private void check(Query query) {
    SortBy by = query.sort().get(0);
    List<Id> all = store.query(query);
    List<Email> found = all.stream().map(this::email).toList();
    assertThat(Set.copyOf(all)).hasSameSizeAs(all);
    comparator(by).ifPresent(order -> assertThat(found).as("%s", by).isSortedAccordingTo(order));
    if (query.arguments().get(EmailType.COLLAPSE_THREADS)) {
      Query flat = new Query(query.filter(), query.sort(), Arguments.none());
      assertThat(all).isEqualTo(collapsed(store.query(flat)));
    }
    QueryPage page = queries.page(StoreFixture.CONTEXT, query, 3, 5, true);
    assertThat(page.ids()).isEqualTo(all.subList(3, Math.min(8, all.size())));
    assertThat(page.total()).hasValue(all.size());
    assertThat(queries.page(StoreFixture.CONTEXT, query, 0, 0, false).ids()).isEmpty();
    Map<Id, Long> ranks = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      ranks.put(all.get(i), (long) i);
    }
    List<Id> everyId = emails.stream().map(Email::id).toList();
    assertThat(queries.ranks(StoreFixture.CONTEXT, query, everyId)).isEqualTo(ranks);
    Map<Id, Long> oneByOne = new HashMap<>();
    everyId.forEach(id -> oneByOne.putAll(queries.ranks(StoreFixture.CONTEXT, query, List.of(id))));
    assertThat(oneByOne).as("%s", query).isEqualTo(ranks);
  }

  private List<Id> collapsed(List<Id> flat) {
    Set<Id> threads = new HashSet<>();
    return flat.stream().filter(id -> threads.add(email(id).threadId())).toList();
  }

  @SuppressWarnings("unchecked") // the sorts of this test are those of Emails
  private static Optional<Comparator<Email>> comparator(SortBy by) {
    return ((SortProperty<Email>) by.property())
        .order()
        .map(order -> order.apply(by))
        .map(order -> by.isAscending() ? order : order.reversed());
  }

  private Email email(Id id) {
    return emails.stream().filter(email -> email.id().equals(id)).findFirst().orElseThrow();
  }

  private List<Id> matching(Filter filter) {
    return emails.stream().filter(email -> matches(filter, email)).map(Email::id).toList();
  }

  private boolean matches(Filter filter, Email email) {
    if (filter instanceof Filter.And and) {
      return and.filters().stream().allMatch(operand -> matches(operand, email));
    } else if (filter instanceof Filter.Or or) {
      return or.filters().stream().anyMatch(operand -> matches(operand, email));
    } else if (filter instanceof Filter.Not not) {
      return not.filters().stream().noneMatch(operand -> matches(operand, email));
    }
    return holds((Filter.Condition<?>) filter, email);
  }

  @SuppressWarnings("unchecked") // the filters of this test are those of Emails
  private <V> boolean holds(Filter.Condition<V> condition, Email email) {
    V value = condition.value();
    List<Email> thread =
        emails.stream().filter(other -> other.threadId().equals(email.threadId())).toList();
    return switch (condition.property().name()) {
      case "allInThreadHaveKeyword" -> thread.stream().allMatch(e -> has(e, value));
      case "someInThreadHaveKeyword" -> thread.stream().anyMatch(e -> has(e, value));
      case "noneInThreadHaveKeyword" -> thread.stream().noneMatch(e -> has(e, value));
      case "text" -> {
        for (String word : value.toString().split(" ", -1)) {
          if (ALL_TEXTS.stream().noneMatch(p -> p.test().orElseThrow().test(email, word))) {
            yield false;
          }
        }
        yield true;
      }
      default ->
          ((org.jmapproxy.core.query.FilterProperty<Email, V>) condition.property())
              .test()
              .orElseThrow()
              .test(email, value);
    };
  }

  private static final List<org.jmapproxy.core.query.FilterProperty<Email, String>> ALL_TEXTS =
      List.of(
          EmailFilters.FROM,
          EmailFilters.TO,
          EmailFilters.CC,
          EmailFilters.BCC,
          EmailFilters.SUBJECT);

  private static boolean has(Email email, Object keyword) {
    return email.keywords().contains(keyword.toString());
  }

  private List<Filter> filters() {
    Instant middle = TestMessage.NOON.plusSeconds(20);
    List<Filter> filters = new ArrayList<>();
    filters.add(new Filter.Condition<>(EmailFilters.IN_MAILBOX, inbox));
    filters.add(new Filter.Condition<>(EmailFilters.IN_MAILBOX, archive));
    filters.add(new Filter.Condition<>(EmailFilters.IN_MAILBOX_OTHER_THAN, Set.of(inbox)));
    filters.add(new Filter.Condition<>(EmailFilters.IN_MAILBOX_OTHER_THAN, Set.of()));
    filters.add(new Filter.Condition<>(EmailFilters.BEFORE, middle));
    filters.add(new Filter.Condition<>(EmailFilters.AFTER, middle));
    filters.add(new Filter.Condition<>(EmailFilters.AFTER, middle.plusNanos(1)));
    filters.add(new Filter.Condition<>(EmailFilters.MIN_SIZE, 1005L));
    filters.add(new Filter.Condition<>(EmailFilters.MAX_SIZE, 1005L));
    filters.add(new Filter.Condition<>(EmailFilters.HAS_ATTACHMENT, false));
    for (String keyword : List.of("$seen", "$flagged", "work", "wor")) {
      filters.add(new Filter.Condition<>(EmailFilters.HAS_KEYWORD, keyword));
      filters.add(new Filter.Condition<>(EmailFilters.NOT_KEYWORD, keyword));
      filters.add(new Filter.Condition<>(EmailFilters.ALL_IN_THREAD_HAVE_KEYWORD, keyword));
      filters.add(new Filter.Condition<>(EmailFilters.SOME_IN_THREAD_HAVE_KEYWORD, keyword));
      filters.add(new Filter.Condition<>(EmailFilters.NONE_IN_THREAD_HAVE_KEYWORD, keyword));
    }
    filters.add(new Filter.Condition<>(EmailFilters.FROM, "SENDER1"));
    filters.add(new Filter.Condition<>(EmailFilters.TO, "bob"));
    filters.add(new Filter.Condition<>(EmailFilters.CC, "carl"));
    filters.add(new Filter.Condition<>(EmailFilters.BCC, "dora"));
    filters.add(new Filter.Condition<>(EmailFilters.SUBJECT, "grüße \"topic 1\""));
    filters.add(new Filter.Condition<>(EmailFilters.TEXT, "sender1 topic"));
    filters.add(
        new Filter.Condition<>(EmailFilters.HEADER, new HeaderFilter("x-odd", Optional.empty())));
    filters.add(
        new Filter.Condition<>(
            EmailFilters.HEADER, new HeaderFilter("X-Number", Optional.of("m1"))));
    return filters;
  }

  private static Filter nested(Random random, List<Filter> leaves, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return leaves.get(random.nextInt(leaves.size()));
    }
    List<Filter> operands = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      operands.add(nested(random, leaves, depth - 1));
    }
    return switch (random.nextInt(3)) {
      case 0 -> new Filter.And(operands);
      case 1 -> new Filter.Or(operands);
      default -> new Filter.Not(operands);
    };
  }

  private static TestMessage message(Random random, int i) {
    TestMessage message =
        TestMessage.named("m" + i)
            .subject("=?utf-8?q?Gr=C3=BC=C3=9Fe?= topic " + random.nextInt(3))
            .field("From", "Sender" + random.nextInt(4) + " <s@example.org>")
            .at(TestMessage.NOON.plusSeconds(random.nextInt(40)))
            .size(1000 + random.nextInt(10));
    if (random.nextBoolean()) {
      message =
          message.field("Date", "Sun, 22 Nov 2026 12:00:" + (10 + random.nextInt(49)) + " +0000");
    }
    if (random.nextInt(3) == 0) {
      message = message.field("Cc", "Carl <c@example.org>").field("X-Odd", "yes");
    }
    if (random.nextInt(5) == 0) {
      message = message.field("Bcc", "dora@example.org").without("To");
    }
    if (random.nextBoolean()) {
      message = message.replyTo("m" + (1 + random.nextInt(i)));
    }
    List<String> flags = new ArrayList<>();
    for (String flag : List.of("\\Seen", "\\Flagged", "work", "world")) {
      if (random.nextInt(3) == 0) {
        flags.add(flag);
      }
    }
    return message.flags(flags.toArray(String[]::new));
  }

  private static Query query(
      Filter filter, SortProperty<?> property, boolean ascending, boolean collapse) {
    SortBy sort =
        new SortBy(
            property,
            ascending,
            Optional.empty(),
            Arguments.none().with(EmailSorts.KEYWORD, "$flagged"));
    return new Query(
        Optional.of(filter),
        List.of(sort),
        Arguments.none().with(EmailType.COLLAPSE_THREADS, collapse));
  }
}
