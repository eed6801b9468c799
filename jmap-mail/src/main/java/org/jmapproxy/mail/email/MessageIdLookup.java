package org.jmapproxy.mail.email;

import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;

/**
 * Finds Emails by their Message-ID. An account without this role does not tell which Email a
 * disposition notification is about. Thread-safe.
 */
@FunctionalInterface
public interface MessageIdLookup {

  /** The key of this role. */
  Role<MessageIdLookup> ROLE = Role.of("messageIdLookup", MessageIdLookup.class);

  /**
   * The Emails whose Message-ID field holds an id.
   *
   * @param messageId without angle brackets
   */
  List<Id> emailsWithMessageId(CallContext context, String messageId);
}
