package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how fast the store is; only what it finds is asserted. */
@SuppressWarnings("SystemOut")
class StoreSpeedTest {

  private static final int MESSAGES = 20_000;
  private static final int WINDOW = 500;
  private static final Set<String> LIST =
      Set.of(
          "id",
          "threadId",
          "mailboxIds",
          "keywords",
          "from",
          "to",
          "subject",
          "receivedAt",
          "size",
          "preview",
          "hasAttachment");

  private Path directory;
  private StoreFixture store;
  private QueryRole queries;

  @BeforeEach
  void open(@TempDir Path temporary) {
    directory = temporary;
    store = new StoreFixture(directory);
    queries = store.roles().find(EmailType.TYPE.queryRole()).orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void twentyThousandMessages() throws Exception {
    FolderKey inbox = store.folder("INBOX", Optional.of("inbox"));
    fill(inbox);
    Query newest = inbox(false, List.of());
    List<Id> page = page(newest, 0);
    assertThat(page).hasSize(50);

    time("Email/query 50", () -> page(newest, 0));
    time("Email/get 50, list properties", () -> store.emails(page, LIST));
    time("Email/get 50, all headers", () -> store.emails(page, Set.of("headers")));
    time("both", () -> store.emails(page(newest, 0), LIST));
    time("50 with total, collapsed", () -> page(inbox(true, List.of()), 0));
    time("50 at 10,000, collapsed", () -> page(inbox(true, List.of()), 10_000));
    time("50 at 15,000", () -> page(newest, 15_000));
    time("unread", () -> page(inbox(false, List.of(unread())), 0));
    time("some in thread flagged", () -> page(inbox(false, List.of(flaggedThread())), 0));
    time("text", () -> page(inbox(false, List.of(text())), 0));
    time("header", () -> page(inbox(false, List.of(header())), 0));
    time(
        "sorted by subject",
        () -> page(query(Optional.empty(), SortBy.of(EmailSorts.SUBJECT, true), false), 0));
    time(
        "ranks of 5 new ones",
        () -> queries.ranks(StoreFixture.CONTEXT, newest, page.subList(0, 5)));
    time(
        "ranks of 5 new ones, collapsed",
        () -> queries.ranks(StoreFixture.CONTEXT, inbox(true, List.of()), page.subList(0, 5)));
    time("Mailbox/get", () -> store.allMailboxes());
    int[] turn = {0};
    time(
        "a flag changes",
        () -> {
          turn[0]++;
          store.flag(inbox, MESSAGES, turn[0] % 2 == 0 ? "\\Seen" : "\\Flagged");
        });
    System.out.printf("file: %d KiB%n", Files.size(directory.resolve("someone.sqlite3")) / 1024);
  }

  private void fill(FolderKey inbox) {
    List<List<Arrival>> windows = new ArrayList<>();
    for (int last = MESSAGES; last > 0; last -= WINDOW) {
      List<Arrival> window = new ArrayList<>();
      for (int i = last; i > last - WINDOW; i--) {
        window.add(message(i).uid(i));
      }
      windows.add(window);
    }
    long start = System.nanoTime();
    long cpuStart = cpuTime();
    for (List<Arrival> window : windows) {
      store.writer().apply(FolderDelta.of(inbox).withArrivals(window));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double busy = (cpuTime() - cpuStart) / 1e9;
    System.out.printf(
        "insert: %.0f messages/s, %.0f per second of processor time%n",
        MESSAGES / seconds, MESSAGES / busy);
    assertThat(store.mailbox("INBOX").totalEmails()).isEqualTo(MESSAGES);
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static TestMessage message(int i) {
    TestMessage message =
        TestMessage.named("m" + i)
            .subject("Topic number " + i / 4)
            .at(TestMessage.NOON.plusSeconds(i))
            .field("Date", "Sun, 22 Nov 2026 12:00:00 +0000")
            .field("DKIM-Signature", "v=1; b=" + "x".repeat(700))
            .field("Received", "from somewhere by somewhere else; " + "y".repeat(700))
            .flags(i % 3 == 0 ? new String[0] : new String[] {"\\Seen"});
    return i % 4 == 0 ? message : message.replyTo("m" + (i - i % 4));
  }

  private List<Id> page(Query query, long position) {
    return queries.page(StoreFixture.CONTEXT, query, position, 50, true).ids();
  }

  private Query inbox(boolean collapse, List<Filter> more) {
    List<Filter> filters = new ArrayList<>(more);
    filters.add(new Filter.Condition<>(EmailFilters.IN_MAILBOX, store.mailboxId("INBOX")));
    return query(
        Optional.of(new Filter.And(filters)), SortBy.of(EmailSorts.RECEIVED_AT, false), collapse);
  }

  private static Query query(Optional<Filter> filter, SortBy sort, boolean collapse) {
    return new Query(
        filter, List.of(sort), Arguments.none().with(EmailType.COLLAPSE_THREADS, collapse));
  }

  private static Filter unread() {
    return new Filter.Condition<>(EmailFilters.NOT_KEYWORD, "$seen");
  }

  private static Filter flaggedThread() {
    return new Filter.Condition<>(EmailFilters.SOME_IN_THREAD_HAVE_KEYWORD, "$flagged");
  }

  private static Filter text() {
    return new Filter.Condition<>(EmailFilters.TEXT, "number 77");
  }

  private static Filter header() {
    return new Filter.Condition<>(
        EmailFilters.HEADER,
        new org.jmapproxy.mail.email.HeaderFilter("X-Number", Optional.of("m77")));
  }

  private static void time(String what, Runnable work) {
    for (int i = 0; i < 10; i++) {
      work.run();
    }
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      work.run();
      times.add(System.nanoTime() - start);
    }
    times.sort(Long::compare);
    System.out.printf("%-34s median %8.3f ms%n", what, times.get(10) / 1e6);
  }
}
