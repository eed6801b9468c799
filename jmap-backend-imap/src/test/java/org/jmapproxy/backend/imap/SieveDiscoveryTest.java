package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.NameServer;
import org.jmapproxy.backend.imap.testkit.SieveSession;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.mail.sieve.SieveRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the ManageSieve server of an account is found, and that it is reached under TLS. */
class SieveDiscoveryTest {

  private static final String HOST = "localhost.";

  @RegisterExtension
  static final DovecotServer DOVECOT = DovecotServer.builder().withSieve().build();

  private final NameServer names = new NameServer();

  @AfterEach
  void close() {
    names.close();
  }

  /** The records are for example.org, as the address is; the connection is one with STARTTLS. */
  @Test
  void theDomainsRecordNamesIt() {
    names.srv("_sieve._tcp.example.org.", 0, 1, DOVECOT.sievePort(), HOST);
    assertThat(findsSieve(true, ImapProxy.configuration(DOVECOT, "srv1"))).isTrue();
  }

  @Test
  void aRecordThatLeadsNowhereIsNoServer() {
    names.srv("_sieve._tcp.example.org.", 0, 1, 1, HOST);
    assertThat(findsSieve(true, ImapProxy.configuration(DOVECOT, "srv2"))).isFalse();
  }

  @Test
  void aCertificateOfSomebodyElseIsRefused() {
    names.srv("_sieve._tcp.example.org.", 0, 1, DOVECOT.sievePort(), HOST);
    assertThat(findsSieve(false, ImapProxy.configuration(DOVECOT, "srv3"))).isFalse();
  }

  @Test
  void settingsAreAskedBeforeNames() {
    names.srv("_sieve._tcp.example.org.", 0, 1, 1, HOST);
    AccountConfiguration told = SieveSession.configuration(DOVECOT, DOVECOT.sievePort(), "srv4");
    assertThat(findsSieve(true, told)).isTrue();
    assertThat(findsSieve(true, with(told, "sieveSSL", "3"))).isTrue();
    assertThat(findsSieve(true, with(told, "sieveHost", DOVECOT.host()))).isTrue();
  }

  private boolean findsSieve(boolean trustsAnybody, AccountConfiguration configuration) {
    try (ImapProxy proxy =
            new ImapProxy(
                builder ->
                    builder.discovery(names.discovery()).trustAnyCertificate(trustsAnybody));
        OpenAccount account = proxy.backend().open(configuration)) {
      account.sync(Duration.ofSeconds(60));
      return account.roles().has(SieveRole.ROLE);
    }
  }

  private static AccountConfiguration with(
      AccountConfiguration account, String setting, String value) {
    Map<String, String> settings = new HashMap<>(account.settings());
    settings.put(setting, value);
    return new AccountConfiguration(
        account.accountId(), account.email(), settings, account.credentials());
  }
}
