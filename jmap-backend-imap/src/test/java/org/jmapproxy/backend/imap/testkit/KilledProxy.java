package org.jmapproxy.backend.imap.testkit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.testkit.MemoryBlob;

/**
 * A backend in a process of its own that is there to be killed. It tells on standard output what a
 * client would know: {@code STATE} as read, and for each message {@code BEGIN}, {@code CREATED},
 * {@code MARKED}, {@code MOVED}, {@code DESTROYED}, each said after it was acknowledged.
 *
 * <p>Arguments: data directory, host, port, user, {@code read} or {@code write}, a name for this
 * life.
 */
public final class KilledProxy {
  private static final int MOST = 10_000;

  private final AccountView view;
  private final PrintStream out;

  private KilledProxy(AccountView view, PrintStream out) {
    this.view = view;
    this.out = out;
  }

  /** Goes on until it is killed. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String user = arguments[3];
    try (ImapProxy proxy =
            ImapProxy.in(
                Path.of(arguments[0]), builder -> builder.pollInterval(Duration.ofMillis(50)));
        OpenAccount account =
            proxy
                .backend()
                .open(
                    ImapProxy.configuration(
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        user,
                        DovecotServer.PASSWORD));
        Subscription lease = account.lease()) {
      out.println("OPEN " + (lease != null));
      KilledProxy life = new KilledProxy(new AccountView(account, user), out);
      if (arguments[4].equals("write")) {
        account.sync(Duration.ofMinutes(1));
        life.write(arguments[5]);
      } else {
        life.read();
      }
    }
  }

  private void read() {
    for (int i = 0; i < MOST; i++) {
      out.println("STATE " + view.emailState());
      ImapProxy.pause(Duration.ofMillis(20));
    }
  }

  private void write(String life) {
    for (int i = 0; i < MOST; i++) {
      String messageId = life + "-" + i + "@x";
      out.println("BEGIN " + messageId);
      Optional<Id> id = create(messageId);
      if (id.isPresent()) {
        out.println("CREATED " + messageId);
        change(id.get(), messageId, i);
      }
      out.println("STATE " + view.emailState());
    }
  }

  private void change(Id id, String messageId, int number) {
    var marked = view.keywords(List.of(id), SetChange.patch(Set.of("marked"), Set.of()));
    if (marked.get(id) instanceof UpdateOutcome.Updated) {
      out.println("MARKED " + messageId);
    }
    var moved = view.move(List.of(id), SetChange.replace(Set.of(view.mailboxId("Archive"))));
    if (moved.get(id) instanceof UpdateOutcome.Updated) {
      out.println("MOVED " + messageId);
    }
    if (number % 3 == 0 && view.destroy(Set.of(id)).get(id) instanceof DestroyOutcome.Destroyed) {
      out.println("DESTROYED " + messageId);
    }
  }

  private Optional<Id> create(String messageId) {
    String text = "Message-ID: <" + messageId + ">\r\n\r\n" + "Hello\r\n".repeat(300);
    CreateOutcome<Email> outcome =
        view.create(
            new NewEmail(
                new MemoryBlob("message/rfc822", text.getBytes(StandardCharsets.US_ASCII)),
                Set.of(view.mailboxId("Drafts")),
                Set.of(),
                Optional.empty()));
    return outcome instanceof CreateOutcome.Created<Email> created
        ? Optional.of(created.object().id())
        : Optional.empty();
  }
}
