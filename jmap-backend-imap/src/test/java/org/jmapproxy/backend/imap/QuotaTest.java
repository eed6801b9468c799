package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.mail.quota.Quota;
import org.jmapproxy.mail.quota.QuotaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quotas come from GETQUOTAROOT (RFC 9208) and are JMAP's (RFC 9425). */
class QuotaTest {

  private static final long LIMIT = 1024 * 1024;

  @RegisterExtension
  static final DovecotServer LIMITED = DovecotServer.builder().quota(LIMIT).build();

  @RegisterExtension static final DovecotServer UNLIMITED = DovecotServer.standard();

  @Test
  void useIsTheServersAndGrowsWithMail() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, LIMITED, "quota1")) {
      Quota empty = quotas(account).get(0);
      assertThat(empty.hardLimit()).isEqualTo(LIMIT);
      assertThat(empty.resourceType()).isEqualTo(Quota.ResourceType.OCTETS);
      assertThat(empty.types()).containsExactly("Email");
      List<Map<String, State>> told = new CopyOnWriteArrayList<>();
      State before = state(account);

      Subscription hearing =
          proxy.changes().signals(Id.of("quota1")).subscribe(change -> told.add(change.states()));
      LIMITED.seed("quota1", "INBOX", 20);
      account.sync(Duration.ofSeconds(60));
      hearing.close();

      assertThat(quotas(account).get(0).used()).isGreaterThan(empty.used());
      assertThat(quotas(account).get(0).id()).isEqualTo(empty.id());
      Changes changes = changes(account, before);
      assertThat(changes.updated()).containsExactly(empty.id());
      assertThat(changes.updatedProperties()).contains(Set.of("used"));
      assertThat(told).anyMatch(states -> states.containsKey("Quota"));
    }
  }

  @Test
  void quotasAreKnownBeforeTheServerIsReachedAgain() {
    try (ImapProxy proxy = new ImapProxy()) {
      try (OpenAccount account = opened(proxy, LIMITED, "quota2")) {
        assertThat(quotas(account)).hasSize(1);
      }
      var away = ImapProxy.configuration("127.0.0.1", 1, "quota2", RealServer.PASSWORD);
      try (OpenAccount again = proxy.backend().open(away)) {
        assertThat(quotas(again).get(0).hardLimit()).isEqualTo(LIMIT);
      }
    }
  }

  @Test
  void serversWithoutQuotasPretendNothing() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, UNLIMITED, "quota3")) {
      assertThat(account.roles().has(QuotaType.TYPE.readRole())).isFalse();
    }
  }

  private static OpenAccount opened(ImapProxy proxy, RealServer server, String user) {
    OpenAccount account = proxy.open(server, user);
    account.sync(Duration.ofSeconds(60));
    return account;
  }

  private static List<Quota> quotas(OpenAccount account) {
    return account
        .roles()
        .find(QuotaType.TYPE.readRole())
        .orElseThrow()
        .read(context(), ReadRequest.all(Set.of()));
  }

  private static State state(OpenAccount account) {
    return account.roles().find(QuotaType.TYPE.changesRole()).orElseThrow().state(context());
  }

  private static Changes changes(OpenAccount account, State since) {
    return account
        .roles()
        .find(QuotaType.TYPE.changesRole())
        .orElseThrow()
        .changes(context(), since, 10)
        .orElseThrow();
  }

  private static CallContext context() {
    return new CallContext(
        Principal.of("quota"), Id.of("quota"), Instant.now().plus(Duration.ofSeconds(30)));
  }
}
