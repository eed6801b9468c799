package org.jmapproxy.backend.imap;

import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts and vacation responses at Dovecot. */
class SieveContractsTest extends SieveContractsKept {

  @RegisterExtension
  static final DovecotServer DOVECOT = DovecotServer.builder().withSieve().build();

  SieveContractsTest() {
    super(DOVECOT, DOVECOT.sievePort());
  }
}
