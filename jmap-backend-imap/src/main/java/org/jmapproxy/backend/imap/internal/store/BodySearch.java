package org.jmapproxy.backend.imap.internal.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.SearchText;

/** Finds text in bodies, which the replica does not have. Thread-safe. */
public interface BodySearch {

  /**
   * Finds the Emails of the replica whose body has all terms of a text, for several texts.
   *
   * @param mailboxId the only Mailbox whose Emails matter; absent: all Emails
   * @return the ids for each of the texts
   * @throws org.jmapproxy.core.error.BackendException when there is no complete answer
   * @throws org.jmapproxy.core.error.MethodException when there can be no answer to such texts
   */
  Map<SearchText, Set<Id>> find(CallContext context, Set<SearchText> texts, Optional<Id> mailboxId);
}
