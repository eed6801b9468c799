package org.jmapproxy.mail.thread;

import java.util.List;
import org.jmapproxy.core.id.Id;

/**
 * A Thread (RFC 8621 section 3): messages that belong together.
 *
 * @param id the Thread's id
 * @param emailIds its Emails by {@code receivedAt}, oldest first, ties by id; never empty
 */
public record EmailThread(Id id, List<Id> emailIds) {

  /** Copies the list. */
  public EmailThread {
    emailIds = List.copyOf(emailIds);
  }
}
