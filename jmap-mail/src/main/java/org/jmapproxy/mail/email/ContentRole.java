package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Map;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;

/**
 * Reads the messages of many Emails together. An account whose messages are far away has this role
 * beside its {@link org.jmapproxy.core.spi.BlobRole}: it is told what a whole Email/get or
 * SearchSnippet/get is about to read before the first part is read. Without the role each part is
 * read as a blob of its own ({@link PartBlobId}). Thread-safe.
 */
@FunctionalInterface
public interface ContentRole {

  /** The key of this role. */
  Role<ContentRole> ROLE = Role.of("Email/content", ContentRole.class);

  /**
   * Makes ready what is about to be read, or as much of it as is reasonable; the rest may be made
   * ready when it is read.
   *
   * <p>Does not throw because messages cannot be reached: what cannot be read now is told by {@link
   * EmailContent#missing}. The engine answers with the error if that is so for all Emails, and with
   * the others otherwise.
   *
   * @param requests one for each Email, none of them empty
   * @return by Email id, one for each request
   */
  Map<Id, EmailContent> prepare(CallContext context, List<ContentRequest> requests);
}
