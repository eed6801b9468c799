package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CuttingProxy;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Email/query looks into bodies, which only the server has. */
class BodySearchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String UTF_8_TEXT = "Content-Type: text/plain; charset=utf-8\r\n";

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final Map<Id, String> NAMES = new HashMap<>();

  private static ImapProxy proxy;
  private static OpenAccount account;
  private static AccountView view;

  @BeforeAll
  static void fill() {
    try (ImapConnection imap = DOVECOT.connect("ann")) {
      imap.mailboxes().create("Work");
      append(imap, "INBOX", 1, "plain", "", "The quarterly figures are in the vault.");
      append(imap, "INBOX", 2, "qp", UTF_8_TEXT + encoding("quoted-printable"), "Gr=C3=BC=C3=9Fe");
      append(imap, "INBOX", 3, "base64", UTF_8_TEXT + encoding("base64"), base64("Żółta łódź"));
      append(imap, "INBOX", 4, "=?utf-8?Q?vault_m=C3=BCnze?=", "", "Nothing to see.");
      append(imap, "Work", 5, "work", "", "Figures, quarterly ones, lie elsewhere.");
      append(imap, "Work", 6, "html", "Content-Type: text/html\r\n", "<p>The <b>vault</b></p>");
    }
    proxy = new ImapProxy();
    account = proxy.open(DOVECOT, "ann");
    account.sync(PATIENCE);
    view = new AccountView(account, "ann");
    for (String mailbox : List.of("INBOX", "Work")) {
      view.emails(view.emailIds(mailbox))
          .forEach(
              email ->
                  NAMES.put(email.id(), email.headers().orElseThrow().text("Subject").orElse("")));
    }
  }

  @AfterAll
  static void end() {
    if (account != null) {
      account.close();
      proxy.close();
    }
  }

  @Test
  void wordsMustAllOccurAndPhrasesAsTheyStand() {
    assertThat(found(body("vault"))).containsExactly("html", "plain");
    assertThat(found(body("FIGURES Quarterly"))).containsExactly("work", "plain");
    assertThat(found(body("\"quarterly figures\""))).containsExactly("plain");
    assertThat(found(body("vault absent"))).isEmpty();
    assertThat(found(body(""))).hasSize(6);
  }

  @Test
  void encodedBodiesAndOtherScriptsAreUnderstood() {
    assertThat(found(body("grüße"))).containsExactly("qp");
    assertThat(found(body("łódź"))).containsExactly("base64");
    assertThat(found(body("\"żółta łódź\""))).containsExactly("base64");
    assertThat(found(body("a\u0000b"))).isEmpty();
  }

  @Test
  void textIsLookedForInHeadersAndBodiesTermByTerm() {
    assertThat(found(text("vault"))).containsExactly("html", "vault münze", "plain");
    assertThat(found(text("MÜNZE nothing"))).containsExactly("vault münze");
    assertThat(found(text("html vault"))).containsExactly("html");
    assertThat(found(text("Sender quarterly"))).containsExactly("work", "plain");
    assertThat(found(text("X-Odd"))).isEmpty();
  }

  @Test
  void conditionsOnBodiesStandAnywhereInAFilter() {
    Filter inbox = new Filter.Condition<>(EmailFilters.IN_MAILBOX, view.mailboxId("INBOX"));
    assertThat(found(new Filter.And(List.of(inbox, body("vault"))))).containsExactly("plain");
    assertThat(found(new Filter.Not(List.of(body("vault")))))
        .containsExactly("work", "vault münze", "base64", "qp");
    assertThat(found(new Filter.And(List.of(inbox, new Filter.Not(List.of(body("vault")))))))
        .containsExactly("vault münze", "base64", "qp");
    assertThat(found(new Filter.Or(List.of(body("łódź"), body("elsewhere"), subject("qp")))))
        .containsExactly("work", "base64", "qp");
    assertThat(found(new Filter.Or(List.of(inbox, body("vault"))))).hasSize(5);
    assertThat(
            found(
                new Filter.And(
                    List.of(
                        new Filter.Condition<>(EmailFilters.IN_MAILBOX, Id.of("nowhere")),
                        body("vault")))))
        .isEmpty();
  }

  @Test
  void pagesTotalsAndRanksAreOfTheSameResult() {
    Query query = query(text("vault"));
    List<Id> all = page(query, 0, 10).ids();
    assertThat(page(query, 1, 1).ids()).containsExactly(all.get(1));
    assertThat(page(query, 2, 10).ids()).containsExactly(all.get(2));
    assertThat(page(query, 0, 1).total()).isEqualTo(OptionalLong.of(3));
    assertThat(queries(view).ranks(view.context(), query, all))
        .isEqualTo(Map.of(all.get(0), 0L, all.get(1), 1L, all.get(2), 2L));
  }

  @Test
  void changesOfSuchQueriesAreNotCalculated() {
    QueryRole queries = queries(view);
    assertThat(queries.canCalculateChanges(view.context(), query(body("x")))).isFalse();
    assertThat(queries.canCalculateChanges(view.context(), query(text("x")))).isFalse();
    assertThat(queries.canCalculateChanges(view.context(), query(subject("x")))).isTrue();
  }

  @Test
  void mailThatArrivesIsFoundAtOnceAndLostConnectionsAreMadeAnew() {
    try (CuttingProxy cut = new CuttingProxy(DOVECOT.host(), DOVECOT.imapPort());
        ImapProxy own = new ImapProxy();
        OpenAccount ben =
            own.backend()
                .open(
                    ImapProxy.configuration(
                        "127.0.0.1", cut.port(), "ben", DovecotServer.PASSWORD));
        ImapConnection imap = DOVECOT.connect("ben")) {
      AccountView of = new AccountView(ben, "ben");
      append(imap, "INBOX", 1, "first", "", "needle");
      ben.sync(PATIENCE);
      assertThat(page(of, query(body("needle"))).ids()).hasSize(1);
      append(imap, "INBOX", 2, "second", "", "needle");
      ben.sync(PATIENCE);
      assertThat(page(of, query(body("needle"))).ids()).hasSize(2);
      cut.cutAll();
      assertThat(page(of, query(body("other"))).ids()).isEmpty();
    }
  }

  @Test
  void aServerThatIsAwayMakesTheSearchUnavailableNotEmpty() {
    try (ImapProxy own = new ImapProxy()) {
      OpenAccount cleo;
      try (DovecotServer passing = DovecotServer.standard()) {
        passing.start();
        passing.seed("cleo", "INBOX", 3);
        cleo = own.open(passing, "cleo");
        cleo.sync(PATIENCE);
      }
      try (cleo) {
        AccountView of = new AccountView(cleo, "cleo");
        assertThatThrownBy(() -> page(of, query(body("text"))))
            .isInstanceOfSatisfying(
                BackendException.class,
                e -> assertThat(e.reason()).isEqualTo(BackendException.Reason.UNAVAILABLE));
        assertThat(page(of, query(subject("message"))).ids()).hasSize(3);
      }
    }
  }

  @Test
  void aServerWithoutUtf8IsAskedForAsciiAndOtherTextIsRefused() {
    try (ScriptedImapServer server = withoutUtf8().start();
        ImapProxy own = new ImapProxy(builder -> builder.maxConnectionsPerAccount(1));
        OpenAccount dora =
            own.backend()
                .open(ImapProxy.configuration("127.0.0.1", server.port(), "dora", "secret"))) {
      dora.sync(PATIENCE);
      AccountView of = new AccountView(dora, "dora");
      assertThat(of.emailIds("INBOX")).hasSize(1);
      assertThat(page(of, query(body("needle"))).ids()).hasSize(1);
      assertThat(page(of, query(body("needle"))).ids()).hasSize(1);
      assertThat(server.received()).containsOnlyOnce("UID SEARCH BODY \"needle\"");
      assertThatThrownBy(() -> page(of, query(body("nädel"))))
          .isInstanceOfSatisfying(
              MethodException.class,
              e -> assertThat(e.error().type()).isEqualTo("unsupportedFilter"));
    }
  }

  private static ScriptedImapServer withoutUtf8() {
    String header = "Subject: a\r\nMessage-ID: <a@x>\r\n\r\n";
    return ScriptedImapServer.offering("IMAP4rev1")
        .on("LIST .*", "* LIST () \"/\" INBOX\r\n$ OK done\r\n")
        .on("LSUB .*", "* LSUB () \"/\" INBOX\r\n$ OK done\r\n")
        .on("STATUS .*X-GUID.*|STATUS .*SIZE.*", "$ BAD no\r\n")
        .on(
            "STATUS .*",
            "* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7 UNSEEN 1 RECENT 0)\r\n$ OK done\r\n")
        .on(
            "(SELECT|EXAMINE) .*",
            "* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n"
                + "* OK [UIDNEXT 2] x\r\n$ OK [READ-WRITE] done\r\n")
        .on("UID SEARCH .*CHARSET.*", "$ NO [BADCHARSET (US-ASCII)] no\r\n")
        .on("UID SEARCH .*", "* SEARCH 1\r\n$ OK done\r\n")
        .on(
            "UID FETCH .*",
            "* 1 FETCH (UID 1 FLAGS () INTERNALDATE \"01-Jan-2026 10:00:00 +0000\" RFC822.SIZE 60"
                + " BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 6 1)"
                + " BODY[1]<0> \"needle\" BODY[HEADER] {"
                + header.length()
                + "}\r\n"
                + header
                + ")\r\n$ OK done\r\n");
  }

  private static List<String> found(Filter filter) {
    return page(query(filter), 0, 100).ids().stream()
        .map(id -> NAMES.getOrDefault(id, "?"))
        .toList();
  }

  private static QueryPage page(Query query, long position, int limit) {
    return queries(view).page(view.context(), query, position, limit, true);
  }

  private static QueryPage page(AccountView of, Query query) {
    return queries(of).page(of.context(), query, 0, 100, true);
  }

  private static QueryRole queries(AccountView of) {
    return of.roles().find(EmailType.TYPE.queryRole()).orElseThrow();
  }

  private static Query query(Filter filter) {
    return new Query(
        Optional.of(filter), List.of(SortBy.of(EmailSorts.RECEIVED_AT, false)), Arguments.none());
  }

  private static Filter body(String text) {
    return new Filter.Condition<>(EmailFilters.BODY, text);
  }

  private static Filter text(String text) {
    return new Filter.Condition<>(EmailFilters.TEXT, text);
  }

  private static Filter subject(String text) {
    return new Filter.Condition<>(EmailFilters.SUBJECT, text);
  }

  private static String encoding(String name) {
    return "Content-Transfer-Encoding: " + name + "\r\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void append(
      ImapConnection imap, String mailbox, int hour, String subject, String fields, String body) {
    String message =
        "From: Sender <s@example.org>\r\nX-Odd: X-Odd vault\r\nMIME-Version: 1.0\r\nMessage-ID: <"
            + (mailbox + hour)
            + "@x>\r\nSubject: "
            + (subject + "\r\n" + fields + "\r\n" + body + "\r\n");
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    imap.messages()
        .append(
            mailbox,
            Set.of(),
            Optional.of(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * hour)),
            bytes.length,
            new ByteArrayInputStream(bytes));
  }
}
