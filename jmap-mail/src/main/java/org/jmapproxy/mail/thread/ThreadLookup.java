package org.jmapproxy.mail.thread;

import java.util.Collection;
import java.util.Map;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;

/**
 * Tells the Threads of Emails, also of Emails that are gone: query changes need them. Thread-safe.
 */
@FunctionalInterface
public interface ThreadLookup {

  /** The key of this role. */
  Role<ThreadLookup> ROLE = Role.of("threadLookup", ThreadLookup.class);

  /**
   * The Thread that each Email is in, or was in when it was destroyed.
   *
   * @return without the Emails that are not known, or were destroyed before the earliest state that
   *     Email/changes still answers from
   */
  Map<Id, Id> threadIds(CallContext context, Collection<Id> emailIds);
}
