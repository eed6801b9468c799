package org.jmapproxy.mail.testkit;

import org.junit.jupiter.api.AfterEach;

/**
 * What the contracts of the mail roles have in common. A test class that implements one or more of
 * them gives a client of an account that is new for each test and holds, at first, an inbox and no
 * Email.
 */
public interface MailContract {

  /** The client of this test's account; the same one during a test. */
  MailClient client();

  /** Whatever a test did: changes tell the truth, and counts agree with queries. */
  @AfterEach
  default void theAccountIsInOrder() {
    new MailInvariants(client()).verify();
  }
}
