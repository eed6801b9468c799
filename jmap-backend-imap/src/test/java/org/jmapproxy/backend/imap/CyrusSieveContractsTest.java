package org.jmapproxy.backend.imap;

import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts and vacation responses at Cyrus. */
class CyrusSieveContractsTest extends SieveContractsKept {

  @RegisterExtension static final CyrusServer CYRUS = CyrusServer.builder().withSieve().build();

  CyrusSieveContractsTest() {
    super(CYRUS, CYRUS.sievePort());
  }
}
