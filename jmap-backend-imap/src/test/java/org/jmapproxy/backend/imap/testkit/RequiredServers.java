package org.jmapproxy.backend.imap.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The rule for real servers: absent ones skip a test, unless JMAP_TEST_SERVERS=required. */
final class RequiredServers {
  private RequiredServers() {}

  /** Ends the test: as skipped, or as failed where servers are required. */
  static void missing(String what) {
    if ("required".equals(System.getenv("JMAP_TEST_SERVERS"))) {
      Assertions.fail(what + " (JMAP_TEST_SERVERS=required)");
    }
    Assumptions.abort(what);
  }
}
