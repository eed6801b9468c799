package org.jmapproxy.backend.imap.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.jmapproxy.backend.imap.testkit.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks a name server of our own on loopback. */
class SrvDiscoveryTest {

  private final NameServer names = new NameServer();
  private final SrvDiscovery discovery = names.discovery();

  @AfterEach
  void stopNameServer() {
    names.close();
  }

  @Test
  void tlsFromTheStartIsPreferred() {
    names
        .srv("_imap._tcp.example.test.", 0, 1, 143, "old.example.test.")
        .srv("_imaps._tcp.example.test.", 20, 1, 993, "second.example.test.")
        .srv("_imaps._tcp.example.test.", 10, 1, 994, "first.example.test.");

    assertThat(discovery.imap("example.test"))
        .contains(new MailServer("first.example.test", 994, 2));
  }

  @Test
  void aServiceThatIsDeclaredAbsentIsPassedOver() {
    names
        .srv("_imaps._tcp.example.test.", 0, 0, 0, ".")
        .srv("_imap._tcp.example.test.", 0, 1, 143, "mail.example.test.");

    assertThat(discovery.imap("example.test"))
        .contains(new MailServer("mail.example.test", 143, 3));
  }

  /** RFC 5804 section 1.8. */
  @Test
  void manageSieveIsProtectedByStarttls() {
    names.srv("_sieve._tcp.example.test.", 0, 1, 4190, "sieve.example.test.");

    assertThat(discovery.sieve("example.test"))
        .contains(new MailServer("sieve.example.test", 4190, 3));
  }

  @Test
  void aDomainWithoutRecordsHasNoServers() {
    assertThat(discovery.imap("example.test")).isEmpty();
    assertThat(discovery.submission("not a domain..")).isEmpty();
  }
}
