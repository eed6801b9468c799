package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ManualTime;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer.Reply;
import org.jmapproxy.backend.imap.testkit.ScriptedMailbox;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.spi.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection that waits for news fails in one way after the other: the account hears news again
 * by itself, long before it would be polled, and the server is not besieged. Time is the test's.
 */
@Timeout(120)
class WatchFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofHours(10);

  /** How a server fails a client that wants to hear news. */
  enum Fault {
    CUT_AT_EXAMINE("EXAMINE .*", "", true),
    CUT_AT_NOTIFY("NOTIFY .*", "", true),
    CUT_AFTER_NOTIFY("NOTIFY .*", "* STATUS INBOX (MESSAGES 0)\r\n$ OK done\r\n", true),
    CUT_AT_IDLE("IDLE", "", true),
    CUT_IN_IDLE("IDLE", "+ idling\r\n", true),
    CUT_IN_A_LINE("IDLE", "+ idling\r\n* 3 EXI", true),
    CUT_IN_A_LITERAL("IDLE", "+ idling\r\n* 1 FETCH (BODY[] {1000}\r\nxyz", true),
    NEVER_CONTINUES("IDLE", "", false),
    SILENT("IDLE", "+ idling\r\n", false),
    SILENT_IN_A_LINE("IDLE", "+ idling\r\n* 3 EXI", false),
    SILENT_IN_A_GIGABYTE("IDLE", "+ idling\r\n* 1 FETCH (BODY[] {1073741824}\r\nxyz", false),
    GARBAGE(
        "IDLE", "+ idling\r\n\0\1\2 ((({\r\n* \r\n*\r\n\r\n* -1 EXISTS\r\n+ +\r\na b c\r\n", true),
    OVERLONG_LINE("IDLE", "+ idling\r\n* 1 FETCH (FLAGS (" + "x".repeat(3 << 20), true),
    BYE("IDLE", "+ idling\r\n* BYE [UNAVAILABLE] later\r\n", true),
    BYE_INSTEAD("IDLE", "* BYE too many\r\n", true),
    REFUSES("IDLE", "$ NO not now\r\n", false),
    DOES_NOT_KNOW("IDLE", "$ BAD what?\r\n", false),
    ENDS_AT_ONCE("IDLE", "+ idling\r\n$ OK done\r\n", false),
    ENDS_WITHOUT_BEGINNING("IDLE", "$ OK done\r\n", false);

    private final String command;
    private final String says;
    private final boolean cuts;

    Fault(String command, String says, boolean cuts) {
      this.command = command;
      this.says = says;
      this.cuts = cuts;
    }
  }

  private final ManualTime time = new ManualTime();
  private final AtomicInteger faultsLeft = new AtomicInteger();
  private final AtomicInteger idles = new AtomicInteger();
  private ScriptedMailbox mailbox;
  private volatile OutputStream idling = OutputStream.nullOutputStream();
  private volatile boolean answersDone = true;

  @BeforeEach
  void start() {
    mailbox = ScriptedMailbox.offering("IMAP4rev1 IDLE NOTIFY CONDSTORE ENABLE QRESYNC");
  }

  @AfterEach
  void stop() {
    mailbox.close();
  }

  @ParameterizedTest
  @EnumSource
  void newsAreHeardAgainAfter(Fault fault) {
    play(fault, 2);
    try (ImapProxy proxy = proxy(Duration.ofSeconds(2));
        OpenAccount account = open(proxy);
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      passUntil("faults are over", () -> faultsLeft.get() <= 0 && idles.get() > 0);
      AccountView view = new AccountView(account, "user");
      assertThat(view.emailIds("INBOX")).isEmpty();
      mailbox.arrive("");
      passUntil("arrival", () -> say("* 1 EXISTS\r\n") && view.emailIds("INBOX").size() == 1);
      assertThat(account.status().phase()).isEqualTo(Phase.LIVE);
      assertThat(lease).isNotNull();
    }
  }

  /** The waits grow to 10 minutes: 9 attempts in the first 9 minutes, and 6 in half an hour. */
  @ParameterizedTest
  @EnumSource(names = {"CUT_AT_EXAMINE", "CUT_IN_IDLE", "BYE", "REFUSES", "ENDS_AT_ONCE"})
  void aServerThatNeverStopsToFailIsNotBesieged(Fault fault) {
    play(fault, Integer.MAX_VALUE);
    try (ImapProxy proxy = proxy(Duration.ofMinutes(9));
        OpenAccount account = open(proxy);
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      ImapProxy.await("first fault", () -> commands("EXAMINE") > 0);
      passQuietly(Duration.ofMinutes(40));
      assertThat(commands("EXAMINE")).isBetween(8L, 22L);
      assertThat(commands("IDLE")).isLessThan(22 * 5);
      assertThat(account.status().phase()).isEqualTo(Phase.LIVE);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void aServerThatEndsIdleByItselfAfterAMinuteIsAskedAgainOnTheSameConnection() {
    play(Fault.CUT_IN_IDLE, 0);
    try (ImapProxy proxy = proxy(Duration.ofMinutes(9));
        OpenAccount account = open(proxy);
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      for (int minute = 1; minute <= 8; minute++) {
        int number = minute;
        ImapProxy.await("IDLE " + number, () -> idles.get() == number);
        time.pass(Duration.ofMinutes(1));
        say(mailbox.idled() + " OK that was a minute\r\n");
      }
      ImapProxy.await("last IDLE", () -> idles.get() == 9);
      assertThat(commands("EXAMINE")).isEqualTo(1);
      AccountView view = new AccountView(account, "user");
      mailbox.arrive("");
      passUntil("arrival", () -> say("* 1 EXISTS\r\n") && view.emailIds("INBOX").size() == 1);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void aConnectionThatWasGoodForAWhileIsReplacedSoonHoweverOftenItBreaks() {
    play(Fault.CUT_IN_IDLE, 0);
    try (ImapProxy proxy = proxy(Duration.ofMinutes(9));
        OpenAccount account = open(proxy);
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      for (int watch = 1; watch <= 12; watch++) {
        int number = watch;
        ImapProxy.await("watch " + number, () -> idles.get() == number);
        time.pass(Duration.ofMinutes(1));
        say("* BYE the minute is over\r\n");
        passUntil("watch is replaced", () -> idles.get() > number, Duration.ofSeconds(10));
      }
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void aFloodOfNewsCausesFewLooks() {
    play(Fault.CUT_IN_IDLE, 0);
    try (ImapProxy proxy = proxy(Duration.ofMinutes(9));
        OpenAccount account = open(proxy);
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      ImapProxy.await("watch", () -> idles.get() == 1);
      int before = mailbox.server().received().size();
      String lines =
          "* 1 EXISTS\r\n* 1 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* LIST () \"/\" x\r\n"
              + "* STATUS x (MESSAGES 5)\r\n* VANISHED 7\r\n";
      for (int i = 0; i < 300; i++) {
        say(lines.repeat(100));
      }
      mailbox.arrive("");
      say("* 1 EXISTS\r\n");
      AccountView view = new AccountView(account, "user");
      passUntil("arrival", () -> view.emailIds("INBOX").size() == 1);
      passQuietly(Duration.ofMinutes(1));
      assertThat(mailbox.server().received().size() - before).isLessThan(400);
      assertThat(commands("EXAMINE")).isEqualTo(1);
      assertThat(lease).isNotNull();
    }
  }

  private void play(Fault fault, int times) {
    faultsLeft.set(times);
    mailbox
        .server()
        .onFirst(fault.command, (tag, out) -> write(fault, tag, out))
        .on("NOTIFY .*", "$ OK done\r\n")
        .answering("DONE", (line, none) -> answersDone ? mailbox.idled() + " OK done\r\n" : "");
    if (!fault.command.equals("IDLE")) {
      mailbox.server().on("IDLE", (Reply) this::idle);
    }
  }

  private void write(Fault fault, String tag, OutputStream out) throws IOException {
    if (faultsLeft.getAndDecrement() > 0) {
      answersDone = false;
      out.write(fault.says.replace("$", tag).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      if (fault.cuts) {
        throw new IOException("cut");
      }
    } else if (fault.command.equals("IDLE")) {
      idle(tag, out);
    } else if (fault.command.startsWith("EXAMINE")) {
      out.write(mailbox.examined(tag).getBytes(StandardCharsets.ISO_8859_1));
    } else {
      out.write((tag + " OK done\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private void idle(String tag, OutputStream out) throws IOException {
    answersDone = true;
    mailbox.idling(tag);
    idling = out;
    out.write("+ idling\r\n".getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    idles.incrementAndGet();
  }

  /** The server tells that to whoever waits for news. */
  private boolean say(String lines) {
    try {
      idling.write(lines.getBytes(StandardCharsets.ISO_8859_1));
      idling.flush();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long commands(String name) {
    return mailbox.server().received().stream().filter(line -> line.startsWith(name)).count();
  }

  /** Lets an hour pass at most: less than between two polls. */
  private void passUntil(String what, BooleanSupplier condition) {
    passUntil(what, condition, Duration.ofHours(1));
  }

  private void passUntil(String what, BooleanSupplier condition, Duration most) {
    for (Duration passed = Duration.ZERO;
        !condition.getAsBoolean();
        passed = passed.plusMillis(500)) {
      assertThat(passed).as(what).isLessThan(most);
      time.pass(Duration.ofMillis(500));
      ImapProxy.pause(Duration.ofMillis(20));
    }
  }

  /** Lets time pass in steps, each of which ends when the server hears nothing more. */
  private void passQuietly(Duration whole) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(whole) < 0;
        passed = passed.plusSeconds(10)) {
      time.pass(Duration.ofSeconds(10));
      int before;
      do {
        before = mailbox.server().received().size();
        ImapProxy.pause(Duration.ofMillis(10));
      } while (before != mailbox.server().received().size());
    }
  }

  private ImapProxy proxy(Duration renewal) {
    return new ImapProxy(
        builder ->
            builder
                .clock(time.clock())
                .timers(time)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1))
                .watchRenewal(renewal)
                .pollInterval(POLL));
  }

  private OpenAccount open(ImapProxy proxy) {
    return proxy
        .backend()
        .open(ImapProxy.configuration("127.0.0.1", mailbox.server().port(), "user", "secret"));
  }
}
