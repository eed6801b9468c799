package org.jmapproxy.mail.mdn;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.submission.SubmissionAnnouncement;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Message disposition notifications (RFC 9007), for use with the mail module. An account has the
 * capability when it can send, and can mark its Emails.
 */
public final class MdnModule implements JmapModule {

  /** The name of the capability. */
  public static final String URN = "urn:ietf:params:jmap:mdn";

  /** The module; it has nothing to configure. */
  public MdnModule() {}

  @Override
  public List<Capability> capabilities() {
    return List.of(Capability.of(URN, MdnModule::ofAccount));
  }

  @Override
  public List<Method> methods() {
    return List.of(new MdnSendMethod(), new MdnParseMethod());
  }

  private static Optional<ObjectNode> ofAccount(Account account) {
    Roles roles = account.roles();
    boolean marks =
        roles.has(EmailType.TYPE.readRole())
            && roles.has(EmailType.TYPE.writeRole())
            && roles.has(BlobRole.ROLE);
    return marks && SubmissionAnnouncement.ofAccount(account).isPresent()
        ? Optional.of(JsonNodeFactory.instance.objectNode())
        : Optional.empty();
  }
}
