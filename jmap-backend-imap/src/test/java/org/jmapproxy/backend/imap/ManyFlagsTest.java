package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.backend.imap.testkit.ServerTruth;
import org.jmapproxy.core.backend.OpenAccount;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another client changes the flags of everything at once. */
class ManyFlagsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @ParameterizedTest
  @ValueSource(strings = {"all", "condstore", "plain"})
  void twoThousandFlagsChangeAtOnce(String offer) {
    change(server(offer), 2000);
  }

  @Test
  @Tag("full")
  void fiftyThousandFlagsChangeAtOnce() {
    change(server("all"), 50_000);
  }

  @Test
  @Tag("full")
  void fiftyThousandFlagsChangeAtOnceOnAPlainServer() {
    change(server("plain"), 50_000);
  }

  private static DovecotServer server(String offer) {
    DovecotServer.Builder builder = DovecotServer.builder();
    return switch (offer) {
      case "plain" -> builder.plainImap().build();
      case "condstore" -> builder.condstoreWithoutQresync().build();
      default -> builder.build();
    };
  }

  private static void change(DovecotServer dovecot, int messages) {
    try (dovecot) {
      dovecot.start();
      dovecot.seed("ann", "INBOX", messages);
      try (MeddlingProxy watched = MeddlingProxy.to(dovecot);
          ImapProxy proxy = new ImapProxy();
          ImapConnection other = dovecot.connect("ann");
          OpenAccount account =
              proxy
                  .backend()
                  .open(
                      ImapProxy.configuration(
                          "127.0.0.1", watched.port(), "ann", DovecotServer.PASSWORD))) {
        account.sync(PATIENCE);
        other.select("INBOX");
        for (UidSet chunk : UidSet.range(1, messages).chunks(5000)) {
          other.messages().store(chunk, StoreMode.ADD, Set.of("\\Seen", "$Work"));
        }
        int before = watched.commands().size();
        account.sync(PATIENCE);
        assertThat(watched.commands().size() - before).isLessThan(60 + messages / 500);
        AccountView view = new AccountView(account, "ann");
        assertThat(view.mailbox("INBOX").orElseThrow().unreadEmails()).isZero();
        ServerTruth.assertShown(view, other);
      }
    }
  }
}
