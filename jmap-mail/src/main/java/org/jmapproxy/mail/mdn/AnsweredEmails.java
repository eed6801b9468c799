package org.jmapproxy.mail.mdn;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jmapproxy.core.id.Id;

/**
 * The Emails that are being answered: between the sending of a notification and the keyword that
 * says so, nobody else sends another. Thread-safe.
 */
final class AnsweredEmails {

  private final Set<EmailOfAccount> underWay = ConcurrentHashMap.newKeySet();

  private record EmailOfAccount(Id accountId, Id emailId) {}

  /** Begins a call, which holds no Email yet. */
  Claims claims(Id accountId) {
    return new Claims(accountId);
  }

  /** The Emails that one call answers. Used by one thread. */
  final class Claims implements AutoCloseable {

    private final Id accountId;
    private final Set<EmailOfAccount> held = new HashSet<>();

    private Claims(Id accountId) {
      this.accountId = accountId;
    }

    /** Whether nobody else answers it, nor did this call. */
    boolean take(Id emailId) {
      EmailOfAccount email = new EmailOfAccount(accountId, emailId);
      return underWay.add(email) && held.add(email);
    }

    @Override
    public void close() {
      underWay.removeAll(held);
    }
  }
}
