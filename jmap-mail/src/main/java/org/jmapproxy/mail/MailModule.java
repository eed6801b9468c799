package org.jmapproxy.mail;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.mail.capability.MailCapability;
import org.jmapproxy.mail.capability.MailLimits;
import org.jmapproxy.mail.capability.SubmissionCapability;
import org.jmapproxy.mail.email.EmailImportMethod;
import org.jmapproxy.mail.email.EmailParseMethod;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.identity.IdentityType;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.snippet.SearchSnippetGetMethod;
import org.jmapproxy.mail.submission.EmailSubmissionType;
import org.jmapproxy.mail.submission.SubmissionAnnouncement;
import org.jmapproxy.mail.thread.ThreadType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mail (RFC 8621): Mailbox, Thread, Email, search snippets, Identity and EmailSubmission. An
 * account has the mail capability when its Mailboxes and Emails can be read, and that of submission
 * when it can send. Stateless.
 */
public final class MailModule implements JmapModule {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The module; it has nothing to configure. */
  public MailModule() {}

  @Override
  public List<Capability> capabilities() {
    return List.of(
        Capability.of(MailCapability.URN, MailModule::ofAccount),
        Capability.of(SubmissionCapability.URN, SubmissionAnnouncement::ofAccount));
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(
        MailboxType.TYPE,
        ThreadType.TYPE,
        EmailType.TYPE,
        IdentityType.TYPE,
        EmailSubmissionType.TYPE);
  }

  @Override
  public List<Method> methods() {
    return List.of(new EmailImportMethod(), new EmailParseMethod(), new SearchSnippetGetMethod());
  }

  private static Optional<ObjectNode> ofAccount(Account account) {
    Roles roles = account.roles();
    return roles.has(MailboxType.TYPE.readRole()) && roles.has(EmailType.TYPE.readRole())
        ? Optional.of(ofRoles(roles, account.isReadOnly()))
        : Optional.empty();
  }

  private static ObjectNode ofRoles(Roles roles, boolean isReadOnly) {
    MailLimits limits = MailLimits.of(roles);
    boolean mayCreate =
        limits.mayCreateTopLevelMailbox() && !isReadOnly && roles.has(MailboxType.TYPE.writeRole());
    ObjectNode json = JSON.objectNode();
    json.set("maxMailboxesPerEmail", orNull(limits.maxMailboxesPerEmail()));
    json.set("maxMailboxDepth", orNull(limits.maxMailboxDepth()));
    json.put("maxSizeMailboxName", limits.maxSizeMailboxName());
    json.put("maxSizeAttachmentsPerEmail", limits.maxSizeAttachmentsPerEmail());
    sorts(roles).sorted().forEach(json.putArray("emailQuerySortOptions")::add);
    return json.put("mayCreateTopLevelMailbox", mayCreate);
  }

  private static Stream<String> sorts(Roles roles) {
    Optional<QueryRole> query = roles.find(EmailType.TYPE.queryRole());
    return query.isPresent()
        ? query.get().support().sorts().stream()
        : EmailType.TYPE.sorts().values().stream()
            .filter(property -> property.order().isPresent())
            .map(SortProperty::name);
  }

  private static JsonNode orNull(OptionalInt limit) {
    return limit.isPresent() ? JSON.numberNode(limit.getAsInt()) : NullNode.instance;
  }
}
