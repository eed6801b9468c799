package org.jmapproxy.backend.imap.internal.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.SearchText;

/** What a search finds on the server and the replica does not know. Thread-safe. */
public interface BeyondReplica {

  /**
   * Brings messages into the replica that a filter on texts may be looking for, as long as not all
   * have been read: so many of them, the newest first, as one search may cost. Does nothing when
   * the filter has no condition on texts, or the replica is whole.
   *
   * @param mailboxId the only Mailbox whose Emails matter; absent: all Emails
   * @throws org.jmapproxy.core.error.BackendException when the server cannot be asked
   */
  void fetchHits(CallContext context, Filter filter, Optional<Id> mailboxId);

  /**
   * Finds the Emails of the replica whose body has all terms of a text, for several texts.
   *
   * @param mailboxId the only Mailbox whose Emails matter; absent: all Emails
   * @return the ids for each of the texts
   * @throws org.jmapproxy.core.error.BackendException when there is no complete answer
   * @throws org.jmapproxy.core.error.MethodException when there can be no answer to such texts
   */
  Map<SearchText, Set<Id>> inBodies(
      CallContext context, Set<SearchText> texts, Optional<Id> mailboxId);
}
