package org.jmapproxy.mail.email;

import java.util.Collection;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import org.jmapproxy.mail.capability.MailCapability;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The data type Email (RFC 8621 section 4). */
public final class EmailType {

  /** Email/query and Email/queryChanges: only the first Email of each Thread is in the result. */
  public static final Argument<Boolean> COLLAPSE_THREADS = Argument.flag("collapseThreads", false);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The declaration. */
  public static final DataType<Email, NewEmail, EmailUpdate> TYPE = declare();

  private EmailType() {}

  private static DataType<Email, NewEmail, EmailUpdate> declare() {
    DataTypeBuilder<Email, NewEmail, EmailUpdate> type =
        DataType.named("Email", MailCapability.URN, Email::id);
    declareMetadata(type);
    HeaderProperties.CONVENIENT.forEach(
        (name, header) -> type.property(HeaderProperties.property(name, header)));
    type.property(HeaderProperties.headers()).dynamicProperties(HeaderProperties::find);
    BodyProperties.ALL.forEach(type::property);
    EmailFilters.ALL.forEach(type::filter);
    EmailSorts.ALL.forEach(type::sort);
    return type.idsRequired()
        .methods(
            StandardMethod.CHANGES,
            StandardMethod.SET,
            StandardMethod.COPY,
            StandardMethod.QUERY,
            StandardMethod.QUERY_CHANGES)
        .copyRecipe(new EmailCopy())
        .creations(EmailCreationDecoder::decode)
        .updates(EmailUpdateDecoder::decode)
        .createResponse("blobId", "threadId", "size")
        .arguments(StandardMethod.GET, BodyArguments.all())
        .arguments(StandardMethod.QUERY, COLLAPSE_THREADS)
        .arguments(StandardMethod.QUERY_CHANGES, COLLAPSE_THREADS)
        .preparation(ContentPreparation::prepare)
        .memoryQuery(EmailQuery::run)
        .queryCandidates(EmailQuery::candidates)
        .build();
  }

  private static void declareMetadata(DataTypeBuilder<Email, NewEmail, EmailUpdate> type) {
    type.property(
            Property.serverSet("blobId", JsonType.ID, e -> JSON.stringNode(e.blobId().value())))
        .property(
            Property.serverSet("threadId", JsonType.ID, e -> JSON.stringNode(e.threadId().value())))
        .property(
            Property.writable(
                "mailboxIds",
                JsonType.idSet(),
                e -> set(e.mailboxIds().stream().map(Id::value).sorted().toList())))
        .property(
            Property.<Email>writable(
                    "keywords",
                    JsonType.stringSet(),
                    e -> set(e.keywords().stream().sorted().toList()))
                .withDefault(JSON.objectNode()))
        .property(Property.serverSet("size", JsonType.UNSIGNED_INT, e -> JSON.numberNode(e.size())))
        .property(
            Property.<Email>immutable(
                    "receivedAt",
                    JsonType.UTC_DATE,
                    e -> JSON.stringNode(Dates.utc(e.receivedAt())))
                .asOptional())
        .property(
            Property.serverSet(
                "hasAttachment", JsonType.BOOLEAN, e -> BooleanNode.valueOf(e.hasAttachment())))
        .property(
            Property.serverSet("preview", JsonType.STRING, e -> JSON.stringNode(e.preview())));
  }

  private static JsonNode set(Collection<String> members) {
    ObjectNode set = JSON.objectNode();
    members.forEach(member -> set.put(member, true));
    return set;
  }
}
