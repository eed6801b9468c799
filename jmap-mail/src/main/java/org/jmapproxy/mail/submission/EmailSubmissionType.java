package org.jmapproxy.mail.submission;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import org.jmapproxy.mail.capability.SubmissionCapability;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The data type EmailSubmission (RFC 8621 section 7). */
public final class EmailSubmissionType {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** EmailSubmission/set: patches of Emails whose submission succeeds, by submission. */
  public static final Argument<JsonNode> ON_SUCCESS_UPDATE_EMAIL =
      new Argument<>(
          "onSuccessUpdateEmail",
          JsonType.mapOf(JsonType.OBJECT).orNull(),
          Function.identity(),
          NullNode.instance);

  /** EmailSubmission/set: submissions whose Email is destroyed if they succeed. */
  public static final Argument<JsonNode> ON_SUCCESS_DESTROY_EMAIL =
      new Argument<>(
          "onSuccessDestroyEmail",
          JsonType.listOf(JsonType.STRING).orNull(),
          Function.identity(),
          NullNode.instance);

  /** The declaration, with all standard methods but /copy. */
  public static final DataType<EmailSubmission, NewSubmission, SubmissionUpdate> TYPE = declare();

  private EmailSubmissionType() {}

  private static DataType<EmailSubmission, NewSubmission, SubmissionUpdate> declare() {
    DataTypeBuilder<EmailSubmission, NewSubmission, SubmissionUpdate> type =
        DataType.named("EmailSubmission", SubmissionCapability.URN, EmailSubmission::id);
    declareProperties(type);
    SubmissionFilters.ALL.forEach(type::filter);
    sorts().forEach(type::sort);
    return type.methods(
            StandardMethod.CHANGES,
            StandardMethod.SET,
            StandardMethod.QUERY,
            StandardMethod.QUERY_CHANGES)
        .creations(SubmissionDecoder::creation)
        .updates(SubmissionDecoder::update)
        .createResponse(
            "threadId", "sendAt", "undoStatus", "deliveryStatus", "dsnBlobIds", "mdnBlobIds")
        .arguments(StandardMethod.SET, ON_SUCCESS_UPDATE_EMAIL, ON_SUCCESS_DESTROY_EMAIL)
        .followUp(new SubmissionFollowUp(Map.of()))
        .build();
  }

  private static void declareProperties(
      DataTypeBuilder<EmailSubmission, NewSubmission, SubmissionUpdate> type) {
    type.property(Property.immutable("identityId", JsonType.ID, s -> id(s.identityId())))
        .property(Property.immutable("emailId", JsonType.ID, s -> id(s.emailId())))
        .property(Property.serverSet("threadId", JsonType.ID, s -> id(s.threadId())))
        .property(
            Property.<EmailSubmission>immutable(
                    "envelope",
                    EnvelopeJson.TYPE.orNull(),
                    submission -> EnvelopeJson.write(submission.envelope()))
                .withDefault(NullNode.instance))
        .property(
            Property.serverSet(
                "sendAt",
                JsonType.UTC_DATE,
                submission -> JSON.stringNode(Dates.utc(submission.sendAt()))))
        .property(
            Property.<EmailSubmission>writable(
                    "undoStatus",
                    JsonType.oneOf("pending", "final", "canceled"),
                    submission -> JSON.stringNode(submission.undoStatus().wireName()))
                .asOptional())
        .property(
            Property.serverSet(
                "deliveryStatus",
                JsonType.OBJECT.orNull(),
                submission -> deliveryStatus(submission.deliveryStatus())))
        .property(
            Property.serverSet(
                "dsnBlobIds", JsonType.listOf(JsonType.ID), s -> ids(s.dsnBlobIds())))
        .property(
            Property.serverSet(
                "mdnBlobIds", JsonType.listOf(JsonType.ID), s -> ids(s.mdnBlobIds())));
  }

  /** The RFC calls the sort {@code sentAt} and the property {@code sendAt}; both are understood. */
  private static List<SortProperty<EmailSubmission>> sorts() {
    Comparator<EmailSubmission> bySendAt =
        Comparator.<EmailSubmission, Instant>comparing(EmailSubmission::sendAt);
    return List.of(
        SortProperty.of("emailId", Comparator.comparing(EmailSubmission::emailId)).asImmutable(),
        SortProperty.of("threadId", Comparator.comparing(EmailSubmission::threadId)).asImmutable(),
        SortProperty.of("sentAt", bySendAt).asImmutable(),
        SortProperty.of("sendAt", bySendAt).asImmutable());
  }

  private static JsonNode id(Id id) {
    return JSON.stringNode(id.value());
  }

  private static ArrayNode ids(List<Id> ids) {
    ArrayNode array = JSON.arrayNode();
    ids.forEach(id -> array.add(id.value()));
    return array;
  }

  private static JsonNode deliveryStatus(Map<String, DeliveryStatus> byRecipient) {
    if (byRecipient.isEmpty()) {
      return NullNode.instance;
    }
    ObjectNode json = JSON.objectNode();
    byRecipient.forEach(
        (email, status) ->
            json.putObject(email)
                .put("smtpReply", status.smtpReply())
                .put("delivered", status.delivered().wireName())
                .put("displayed", status.displayed() ? "yes" : "unknown"));
    return json;
  }
}
