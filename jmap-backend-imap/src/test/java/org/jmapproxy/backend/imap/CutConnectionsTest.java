package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.FaultyProxy;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy.Cut;
import org.jmapproxy.backend.imap.testkit.ServerTruth;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection is cut at one place after the other: whatever the moment, the account reaches the
 * truth, nothing is done twice, and what the client hears is so.
 */
@Timeout(300)
class CutConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  /** What a client is told of a change. */
  private enum Told {
    DONE,
    NOT_DONE,
    UNKNOWN
  }

  @Test
  void theFirstSynchronisationIsCutAfterAnyNumberOfOctets() {
    DOVECOT.seed("ann", "INBOX", 8);
    DOVECOT.seed("ann", "Work", 3);
    try (FaultyProxy faulty = FaultyProxy.to(DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy(builder -> builder.maxConnectionsPerAccount(2));
        ImapConnection server = DOVECOT.connect("ann")) {
      for (int octets = 0; octets < 24_000; octets += octets < 2000 ? 130 : 1100) {
        AccountConfiguration configuration = configuration(faulty.port(), "ann");
        faulty.cutAfter(octets);
        try (OpenAccount account = proxy.backend().open(configuration)) {
          syncIfPossible(account);
          faulty.heal();
          account.sync(PATIENCE);
          ServerTruth.assertShown(new AccountView(account, "ann"), server);
        }
        proxy.backend().delete(Id.of("ann"));
      }
    }
  }

  @Test
  void theHandshakeIsCutAfterAnyNumberOfOctets() {
    DOVECOT.seed("ben", "INBOX", 2);
    try (FaultyProxy faulty = FaultyProxy.to(DOVECOT.imapsPort());
        ImapProxy proxy = new ImapProxy(builder -> builder.maxConnectionsPerAccount(1));
        ImapConnection server = DOVECOT.connect("ben")) {
      AccountConfiguration plain = configuration(faulty.port(), "ben");
      AccountConfiguration secure =
          new AccountConfiguration(
              plain.accountId(),
              plain.email(),
              Map.of("imapHost", "127.0.0.1", "imapPort", "" + faulty.port(), "imapSSL", "2"),
              plain.credentials());
      try (OpenAccount account = proxy.backend().open(secure)) {
        for (int octets = 0; octets < 2500; octets += 180) {
          faulty.cut();
          faulty.cutAfter(octets);
          syncIfPossible(account);
          faulty.heal();
          account.sync(PATIENCE);
          ServerTruth.assertShown(new AccountView(account, "ben"), server);
        }
      }
    }
  }

  @Test
  void laterRoundsAreCutAfterAnyNumberOfOctets() {
    DOVECOT.seed("cleo", "INBOX", 30);
    DOVECOT.seed("cleo", "Work", 10);
    try (FaultyProxy faulty = FaultyProxy.to(DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy(builder -> builder.maxConnectionsPerAccount(1));
        ImapConnection server = DOVECOT.connect("cleo");
        OpenAccount account = proxy.backend().open(configuration(faulty.port(), "cleo"))) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "cleo");
      for (int round = 0; round < 20; round++) {
        Set<Id> before = allIds(view);
        State state = view.emailState();
        change(server, round);
        faulty.cut();
        faulty.cutAfter(round * 450L);
        syncIfPossible(account);
        faulty.heal();
        account.sync(PATIENCE);
        ServerTruth.assertShown(view, server);
        Changes changes = view.emailChanges(state);
        Set<Id> replayed = new HashSet<>(before);
        replayed.addAll(changes.created());
        replayed.removeAll(changes.destroyed());
        assertThat(allIds(view)).isEqualTo(replayed);
      }
    }
  }

  /** Another client brings, marks, moves and removes messages. */
  private static void change(ImapConnection server, int round) {
    byte[] message =
        ("Message-ID: <round" + round + "@x>\r\nSubject: x\r\n\r\nHi\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    server.messages().append("INBOX", Set.of(), Optional.empty(), message.length, stream(message));
    server.select("INBOX");
    UidSet uids = server.messages().search(SearchCriteria.all());
    long first = uids.first();
    server.messages().store(uids, StoreMode.ADD, Set.of("round" + round));
    server.messages().move(UidSet.of(first), round % 2 == 0 ? "Work" : "Archive");
    if (round % 3 == 0) {
      UidSet last = UidSet.of(uids.last());
      server.messages().store(last, StoreMode.ADD, Set.of("\\Deleted"));
      server.messages().expunge(last);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewMessageIsStoredOnceOrNotAtAll(Cut how) {
    everyCommandCut(
        "dora" + how.name().charAt(0) + how.name().length(),
        how,
        (view, number) -> told(view.create(message(view, number))),
        (view, number) ->
            (int)
                ServerTruth.shown(view).getOrDefault("Drafts", List.of()).stream()
                    .filter(line -> line.startsWith("new" + number + "@x"))
                    .count());
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void aKeywordIsThereOrNot(Cut how) {
    everyCommandCut(
        "emil" + how.name().charAt(0) + how.name().length(),
        how,
        (view, number) ->
            told(
                view.keywords(
                    view.emailIds("INBOX"), SetChange.patch(Set.of("k" + number), Set.of()))),
        (view, number) ->
            view.emails(view.emailIds("INBOX")).stream()
                    .allMatch(email -> email.keywords().contains("k" + number))
                ? 1
                : 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void aMoveIsMadeOrNot(Cut how) {
    int[] archived = {0};
    everyCommandCut(
        "fritz" + how.name().charAt(0) + how.name().length(),
        how,
        (view, number) -> {
          archived[0] = view.emailIds("Archive").size();
          return told(
              view.move(
                  view.emailIds("INBOX").subList(0, 1),
                  SetChange.replace(Set.of(view.mailboxId("Archive")))));
        },
        (view, number) -> view.emailIds("Archive").size() - archived[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void anEmailGetsAnotherMailboxOrNot(Cut how) {
    everyCommandCut(
        "gina" + how.name().charAt(0) + how.name().length(),
        how,
        (view, number) ->
            told(
                view.move(
                    view.emailIds("INBOX").subList(number, number + 1),
                    SetChange.patch(Set.of(view.mailboxId("Archive")), Set.of()))),
        (view, number) -> view.email(view.emailIds("INBOX").get(number)).mailboxIds().size() - 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void anEmailIsDestroyedOrNot(Cut how) {
    int[] left = {30};
    everyCommandCut(
        "hugo" + how.name().charAt(0) + how.name().length(),
        how,
        (view, number) -> {
          left[0] = view.emailIds("INBOX").size();
          return view.destroy(Set.of(view.emailIds("INBOX").get(0))).values().stream()
                  .allMatch(DestroyOutcome.Destroyed.class::isInstance)
              ? Told.DONE
              : Told.NOT_DONE;
        },
        (view, number) -> left[0] - view.emailIds("INBOX").size());
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void aMailboxIsCreatedOrNot(Cut how) {
    everyCommandCut(
        "ida" + how.name().charAt(0) + how.name().length(),
        how,
        (view, number) -> {
          CreateOutcome<Mailbox> outcome =
              view.create(
                  new MailboxCreation("N" + number, Optional.empty(), Optional.empty(), 0, true));
          return outcome instanceof CreateOutcome.NotCreated<Mailbox> refused
              ? told(refused.error().type())
              : Told.DONE;
        },
        (view, number) -> view.mailbox("N" + number).isPresent() ? 1 : 0);
  }

  /**
   * Makes a change again and again, with the connection cut at its first command, its second and so
   * on until it needs no more commands.
   *
   * @param effects how often the change of that number is there
   */
  private static void everyCommandCut(
      String user,
      Cut how,
      BiFunction<AccountView, Integer, Told> change,
      BiFunction<AccountView, Integer, Integer> effects) {
    DOVECOT.seed(user, "INBOX", 30);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy(builder -> builder.maxConnectionsPerAccount(1));
        ImapConnection server = DOVECOT.connect(user);
        OpenAccount account = proxy.backend().open(configuration(meddling.port(), user))) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, user);
      boolean cut = true;
      int done = 0;
      for (int at = 1; cut && at < 20; at++) {
        int number = at;
        meddling.cutAt(number, how);
        Told told = told(() -> change.apply(view, number));
        cut = meddling.hasCut();
        meddling.heal();
        account.sync(PATIENCE);
        ServerTruth.assertShown(view, server);
        int there = effects.apply(view, number);
        String what = how + " command " + number + ", told " + told;
        if (told == Told.DONE) {
          assertThat(there).as(what).isEqualTo(1);
        } else if (told == Told.NOT_DONE) {
          assertThat(there).as(what).isZero();
        } else {
          assertThat(there).as(what).isBetween(0, 1);
        }
        done += there;
      }
      assertThat(cut).isFalse();
      assertThat(done).isPositive();
    }
  }

  private static Told told(Supplier<Told> change) {
    try {
      return change.get();
    } catch (MethodException e) {
      return told(e.error().type());
    }
  }

  private static Told told(String errorType) {
    return errorType.equals("serverPartialFail") ? Told.UNKNOWN : Told.NOT_DONE;
  }

  private static Told told(CreateOutcome<Email> outcome) {
    return outcome instanceof CreateOutcome.NotCreated<Email> refused
        ? told(refused.error().type())
        : Told.DONE;
  }

  private static Told told(Map<Id, UpdateOutcome<Email>> outcomes) {
    return outcomes.values().stream()
        .filter(UpdateOutcome.NotUpdated.class::isInstance)
        .findFirst()
        .map(outcome -> told(((UpdateOutcome.NotUpdated<Email>) outcome).error().type()))
        .orElse(Told.DONE);
  }

  private static NewEmail message(AccountView view, int number) {
    byte[] octets =
        ("Message-ID: <new" + number + "@x>\r\n\r\n" + "Hello\r\n".repeat(500))
            .getBytes(StandardCharsets.US_ASCII);
    return new NewEmail(
        new MemoryBlob("message/rfc822", octets),
        Set.of(view.mailboxId("Drafts")),
        Set.of("$draft"),
        Optional.empty());
  }

  private static Set<Id> allIds(AccountView view) {
    Set<Id> ids = new HashSet<>();
    view.mailboxes().forEach(mailbox -> ids.addAll(view.emailIdsIn(mailbox.id())));
    return ids;
  }

  private static void syncIfPossible(OpenAccount account) {
    try {
      account.sync(PATIENCE);
    } catch (BackendException e) {
      assertThat(e.reason()).isEqualTo(BackendException.Reason.UNAVAILABLE);
    }
  }

  private static AccountConfiguration configuration(int port, String user) {
    return ImapProxy.configuration("127.0.0.1", port, user, DovecotServer.PASSWORD);
  }

  private static ByteArrayInputStream stream(byte[] octets) {
    return new ByteArrayInputStream(octets);
  }
}
