package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.HeaderFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the first synchronisation has not read yet is found all the same. */
class SearchDuringFirstSyncTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LATER = 700;

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final HeldStorage STORAGE = new HeldStorage();
  private static ImapProxy proxy;
  private static OpenAccount account;
  private static AccountView view;

  /** Older messages are read and never stored, until it is let go. */
  private static final class HeldStorage implements Executor {
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean free;

    @Override
    public synchronized void execute(Runnable work) {
      if (free) {
        new Thread(work).start();
      } else {
        held.add(work);
      }
    }

    synchronized void letGo() {
      free = true;
      held.forEach(this::execute);
      held.clear();
    }
  }

  @BeforeAll
  static void holdTheFirstSynchronisation() {
    try (ImapConnection imap = DOVECOT.connect("ann")) {
      append(imap, "subject", "Subject: =?utf-8?Q?Sommerf=C3=A4st?= subject", "Nothing.");
      append(imap, "from", "Subject: from\r\nFrom: Zoe <zoe@example.net>", "Nothing.");
      append(imap, "to", "Subject: to\r\nTo: Yuri <yuri@example.net>", "Nothing.");
      append(imap, "cc", "Subject: cc\r\nCc: Xenia <xenia@example.net>", "Nothing.");
      append(imap, "bcc", "Subject: bcc\r\nBcc: Wim <wim@example.net>", "Nothing.");
      append(imap, "header", "Subject: header\r\nX-Tag: blue sky", "Nothing.");
      append(imap, "body", "Subject: body", "A needle in the haystack.");
      append(imap, "two", "Subject: needle", "In words: sommerfäst.");
      for (int i = 0; i < LATER; i++) {
        append(imap, "filler" + i, "Subject: filler", "Nothing.");
      }
    }
    proxy = new ImapProxy(builder -> builder.storageExecutor(STORAGE));
    account = proxy.open(DOVECOT, "ann");
    account.awaitFirstData(PATIENCE);
    view = new AccountView(account, "ann");
  }

  @AfterAll
  static void end() {
    STORAGE.letGo();
    if (account != null) {
      account.close();
      proxy.close();
    }
  }

  @Test
  void everyTextIsFoundThatTheReplicaDoesNotHave() {
    assertThat(subjects(is(EmailFilters.SUBJECT, "SOMMERFÄST")))
        .containsExactly("Sommerfäst subject");
    assertThat(subjects(is(EmailFilters.FROM, "zoe"))).containsExactly("from");
    assertThat(subjects(is(EmailFilters.TO, "yuri@example"))).containsExactly("to");
    assertThat(subjects(is(EmailFilters.CC, "xenia"))).containsExactly("cc");
    assertThat(subjects(is(EmailFilters.BCC, "wim"))).containsExactly("bcc");
    assertThat(subjects(is(EmailFilters.HEADER, header("X-Tag", Optional.empty()))))
        .containsExactly("header");
    assertThat(subjects(is(EmailFilters.HEADER, header("x-tag", Optional.of("\"blue sky\"")))))
        .containsExactly("header");
    assertThat(subjects(is(EmailFilters.BODY, "needle"))).containsExactly("body");
    assertThat(subjects(is(EmailFilters.TEXT, "needle"))).containsExactly("needle", "body");
    assertThat(subjects(is(EmailFilters.TEXT, "sommerfäst needle"))).containsExactly("needle");
    assertThat(account.status().messages())
        .as("only the hits were fetched before their turn")
        .isLessThan(LATER);
  }

  @Test
  void operatorsAndOtherConditionsNarrowWhatIsFetched() {
    Filter needle = is(EmailFilters.TEXT, "needle");
    Filter inbox = is(EmailFilters.IN_MAILBOX, view.mailboxId("INBOX"));
    Filter sent = is(EmailFilters.IN_MAILBOX, view.mailboxId("Sent"));
    assertThat(subjects(new Filter.And(List.of(inbox, needle)))).containsExactly("needle", "body");
    assertThat(subjects(new Filter.And(List.of(sent, needle)))).isEmpty();
    assertThat(
            subjects(
                new Filter.Or(List.of(is(EmailFilters.FROM, "zoe"), is(EmailFilters.TO, "yuri")))))
        .containsExactly("to", "from");
    assertThat(
            subjects(
                new Filter.And(
                    List.of(needle, new Filter.Not(List.of(is(EmailFilters.BODY, "needle")))))))
        .containsExactly("needle");
    assertThat(
            subjects(
                new Filter.And(
                    List.of(
                        needle,
                        is(EmailFilters.AFTER, receivedAt(6)),
                        is(EmailFilters.BEFORE, receivedAt(7)),
                        is(EmailFilters.MIN_SIZE, 10L),
                        is(EmailFilters.MAX_SIZE, 10_000L)))))
        .containsExactly("body");
    assertThat(account.status().messages()).isLessThan(LATER);
  }

  @Test
  void pagesAndTotalsAreOfTheWholeResult() {
    QueryPage page = page(view, is(EmailFilters.TEXT, "needle"), 1, 1);
    assertThat(page.total()).isEqualTo(OptionalLong.of(2));
    assertThat(subject(page.ids().get(0))).isEqualTo("body");
  }

  @Test
  void whatWasFetchedBeforeItsTurnIsStillOneEmailAfterwards() {
    HeldStorage storage = new HeldStorage();
    try (ImapProxy own = new ImapProxy(builder -> builder.storageExecutor(storage));
        OpenAccount open = own.open(DOVECOT, "ann")) {
      open.awaitFirstData(PATIENCE);
      AccountView of = new AccountView(open, "ann");
      List<Id> before = page(of, is(EmailFilters.TEXT, "needle"), 0, 10).ids();
      assertThat(before).hasSize(2);
      storage.letGo();
      open.sync(PATIENCE);
      assertThat(of.emailIds("INBOX")).hasSize(LATER + 8).doesNotHaveDuplicates();
      assertThat(page(of, is(EmailFilters.TEXT, "needle"), 0, 10).ids()).isEqualTo(before);
    }
  }

  @Test
  void mailboxesThatNobodyLookedIntoYetAreSearchedToo() {
    try (ImapConnection imap = DOVECOT.connect("ben")) {
      append(imap, "first", "Subject: first", "Nothing.");
      for (int i = 0; i < 30; i++) {
        imap.mailboxes().create("Folder" + i);
      }
      append(imap, "Folder29", 1, "hidden", "Subject: hidden", "A needle.");
    }
    try (ImapProxy own = new ImapProxy(UnaryOperator.identity());
        OpenAccount open = own.open(DOVECOT, "ben")) {
      open.awaitFirstData(PATIENCE);
      AccountView of = new AccountView(open, "ben");
      assertThat(page(of, is(EmailFilters.SUBJECT, "hidden"), 0, 10).ids()).hasSize(1);
      open.sync(PATIENCE);
      assertThat(page(of, is(EmailFilters.BODY, "needle"), 0, 10).ids()).hasSize(1);
    }
  }

  private static List<String> subjects(Filter filter) {
    return page(view, filter, 0, 100).ids().stream()
        .map(SearchDuringFirstSyncTest::subject)
        .toList();
  }

  private static String subject(Id id) {
    Email email = view.email(id);
    return email.headers().orElseThrow().text("Subject").orElseThrow();
  }

  private static QueryPage page(AccountView of, Filter filter, long position, int limit) {
    Query query =
        new Query(
            Optional.of(filter),
            List.of(SortBy.of(EmailSorts.RECEIVED_AT, false)),
            Arguments.none());
    return of.roles()
        .find(EmailType.TYPE.queryRole())
        .orElseThrow()
        .page(of.context(), query, position, limit, true);
  }

  private static <V> Filter is(FilterProperty<Email, V> property, V value) {
    return new Filter.Condition<>(property, value);
  }

  private static HeaderFilter header(String name, Optional<String> value) {
    return new HeaderFilter(name, value);
  }

  private static int appended;

  private static Instant receivedAt(int number) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * number);
  }

  private static void append(ImapConnection imap, String id, String header, String body) {
    append(imap, "INBOX", appended++, id, header, body);
  }

  private static void append(
      ImapConnection imap, String mailbox, int number, String id, String header, String body) {
    String message =
        "Message-ID: <%s@x>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n%s\r\n\r\n%s\r\n"
            .formatted(id, header, body);
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    imap.messages()
        .append(
            mailbox,
            Set.of(),
            Optional.of(receivedAt(number)),
            bytes.length,
            new ByteArrayInputStream(bytes));
  }
}
