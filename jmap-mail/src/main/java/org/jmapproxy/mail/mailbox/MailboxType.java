package org.jmapproxy.mail.mailbox;

import java.util.Optional;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.ResponseMember;
import org.jmapproxy.core.type.StandardMethod;
import org.jmapproxy.mail.capability.MailCapability;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The data type Mailbox (RFC 8621 section 2). */
public final class MailboxType {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Mailbox/set: whether Emails in no other Mailbox go with the Mailbox that is destroyed. */
  public static final Argument<Boolean> ON_DESTROY_REMOVE_EMAILS =
      Argument.flag("onDestroyRemoveEmails", false);

  /** Mailbox/query: parents come before their children. */
  public static final Argument<Boolean> SORT_AS_TREE = Argument.flag("sortAsTree", false);

  /** Mailbox/query: a Mailbox is in the result only if all its ancestors are. */
  public static final Argument<Boolean> FILTER_AS_TREE = Argument.flag("filterAsTree", false);

  /** The declaration, with all standard methods but /copy. */
  public static final DataType<Mailbox, MailboxCreation, MailboxUpdate> TYPE = declare();

  private MailboxType() {}

  private static DataType<Mailbox, MailboxCreation, MailboxUpdate> declare() {
    DataTypeBuilder<Mailbox, MailboxCreation, MailboxUpdate> type =
        DataType.named("Mailbox", MailCapability.URN, Mailbox::id);
    declareProperties(type);
    MailboxFilters.ALL.forEach(type::filter);
    MailboxSorts.ALL.forEach(type::sort);
    return type.methods(
            StandardMethod.CHANGES,
            StandardMethod.SET,
            StandardMethod.QUERY,
            StandardMethod.QUERY_CHANGES)
        .creations(MailboxDecoder::creation)
        .updates(MailboxDecoder::update)
        .createResponse("totalEmails", "unreadEmails", "totalThreads", "unreadThreads", "myRights")
        .arguments(StandardMethod.SET, ON_DESTROY_REMOVE_EMAILS)
        .arguments(StandardMethod.QUERY, SORT_AS_TREE, FILTER_AS_TREE)
        .arguments(StandardMethod.QUERY_CHANGES, SORT_AS_TREE, FILTER_AS_TREE)
        .responseMember(StandardMethod.CHANGES, ResponseMember.updatedProperties())
        .memoryQuery(MailboxTreeQuery::run)
        .queryCandidates(MailboxTreeQuery::candidates)
        .build();
  }

  private static void declareProperties(
      DataTypeBuilder<Mailbox, MailboxCreation, MailboxUpdate> type) {
    JsonType count = JsonType.UNSIGNED_INT;
    type.property(
            Property.writable("name", JsonType.STRING, mailbox -> JSON.stringNode(mailbox.name())))
        .property(
            Property.<Mailbox>writable(
                    "parentId",
                    JsonType.ID.orNull(),
                    mailbox -> stringOrNull(mailbox.parentId().map(Id::value)))
                .withDefault(NullNode.instance))
        .property(
            Property.<Mailbox>writable(
                    "role", JsonType.STRING.orNull(), mailbox -> stringOrNull(mailbox.role()))
                .withDefault(NullNode.instance))
        .property(
            Property.<Mailbox>writable(
                    "sortOrder", count, mailbox -> JSON.numberNode(mailbox.sortOrder()))
                .withDefault(JSON.numberNode(0)))
        .property(Property.serverSet("totalEmails", count, m -> JSON.numberNode(m.totalEmails())))
        .property(Property.serverSet("unreadEmails", count, m -> JSON.numberNode(m.unreadEmails())))
        .property(Property.serverSet("totalThreads", count, m -> JSON.numberNode(m.totalThreads())))
        .property(
            Property.serverSet("unreadThreads", count, m -> JSON.numberNode(m.unreadThreads())))
        .property(Property.serverSet("myRights", JsonType.OBJECT, m -> rights(m.myRights())))
        .property(
            Property.<Mailbox>writable(
                    "isSubscribed", JsonType.BOOLEAN, m -> BooleanNode.valueOf(m.isSubscribed()))
                .withDefault(BooleanNode.TRUE));
  }

  private static JsonNode stringOrNull(Optional<String> value) {
    return value.<JsonNode>map(JSON::stringNode).orElse(NullNode.instance);
  }

  private static ObjectNode rights(MailboxRights rights) {
    return JSON.objectNode()
        .put("mayReadItems", rights.mayReadItems())
        .put("mayAddItems", rights.mayAddItems())
        .put("mayRemoveItems", rights.mayRemoveItems())
        .put("maySetSeen", rights.maySetSeen())
        .put("maySetKeywords", rights.maySetKeywords())
        .put("mayCreateChild", rights.mayCreateChild())
        .put("mayRename", rights.mayRename())
        .put("mayDelete", rights.mayDelete())
        .put("maySubmit", rights.maySubmit());
  }
}
