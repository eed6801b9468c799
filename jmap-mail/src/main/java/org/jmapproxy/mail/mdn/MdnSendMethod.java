package org.jmapproxy.mail.mdn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.IdentityType;
import org.jmapproxy.mail.identity.Senders;
import org.jmapproxy.mail.submission.EmailSubmission;
import org.jmapproxy.mail.submission.EmailSubmissionType;
import org.jmapproxy.mail.submission.NewSubmission;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code MDN/send} (RFC 9007 section 2.1). Thread-safe. */
final class MdnSendMethod implements Method {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final AnsweredEmails answered = new AnsweredEmails();

  @Override
  public String name() {
    return "MDN/send";
  }

  @Override
  public String capability() {
    return MdnModule.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = MdnAccounts.accountId(context, reader);
    String identityId = context.creationIds().apply(reader.requiredString("identityId"));
    reader.required("send", JsonType.OBJECT);
    Map<String, ObjectNode> send = reader.objectsByCreationId("send");
    OnSuccess onSuccess = new OnSuccess(reader.objects("onSuccessUpdateEmail"));
    reader.end();
    refuseWithoutMail(context);
    refuseTooMany(send.size(), context.limits().maxObjectsInSet());
    if (context.account(accountId).isReadOnly()) {
      throw new MethodException(MethodError.accountReadOnly());
    }
    onSuccess.check(send.keySet());
    context.role(accountId, EmailType.TYPE.writeRole());
    MdnAuthor author = author(context, accountId, identityId);
    try (AnsweredEmails.Claims claims = answered.claims(accountId)) {
      MdnDrafts drafts = new MdnDrafts(context, accountId, author, claims);
      send.forEach(drafts::add);
      return answer(context, accountId, onSuccess, drafts);
    }
  }

  private List<Invocation> answer(
      MethodContext context, Id accountId, OnSuccess onSuccess, MdnDrafts drafts) {
    ObjectNode sent = JSON.objectNode();
    ObjectNode notSent = JSON.objectNode();
    ObjectNode updates = JSON.objectNode();
    drafts.refused().forEach((id, error) -> notSent.set(id, error.toJson()));
    submit(context, accountId, drafts.submissions())
        .forEach(
            (id, outcome) -> {
              if (outcome instanceof CreateOutcome.NotCreated<EmailSubmission> refused) {
                notSent.set(id, SendingErrors.of(refused.error()).toJson());
              } else {
                Mdn mdn = drafts.mdn(id);
                sent.set(id, MdnJson.beyond(drafts.given(id), mdn));
                updates.set(
                    mdn.forEmailId().orElseThrow().value(), onSuccess.patch(id).orElseThrow());
              }
            });
    ObjectNode response = JSON.objectNode().put("accountId", accountId.value());
    response.set("sent", orNull(sent));
    response.set("notSent", orNull(notSent));
    List<Invocation> responses = new ArrayList<>();
    responses.add(new Invocation(name(), response, ""));
    if (!updates.isEmpty()) {
      ObjectNode call = JSON.objectNode().put("accountId", accountId.value());
      call.set("update", updates);
      responses.addAll(context.call("Email/set", call));
    }
    return responses;
  }

  private static Map<String, CreateOutcome<EmailSubmission>> submit(
      MethodContext context, Id accountId, Map<String, NewSubmission> submissions) {
    return submissions.isEmpty()
        ? new LinkedHashMap<>()
        : context
            .role(accountId, EmailSubmissionType.TYPE.writeRole())
            .create(context.callContext(accountId), submissions, Arguments.none());
  }

  private static MdnAuthor author(MethodContext context, Id accountId, String identityId) {
    CallContext call = context.callContext(accountId);
    Roles roles = context.account(accountId).roles();
    Optional<Identity> identity =
        Id.isValid(identityId)
            ? context
                .role(accountId, IdentityType.TYPE.readRole())
                .read(call, ReadRequest.of(List.of(Id.of(identityId)), Set.of("name", "email")))
                .stream()
                .findFirst()
            : Optional.empty();
    return identity
        .map(found -> new MdnAuthor(found, roles.find(Senders.ROLE)))
        .orElseThrow(
            () ->
                new MethodException(
                    MethodError.invalidArgument("identityId", "there is no such Identity")));
  }

  /** The implicit Email/set needs it. */
  private static void refuseWithoutMail(MethodContext context) {
    if (!context.isTypeInUse(EmailType.TYPE.name())) {
      throw new MethodException(MethodError.unknownMethod());
    }
  }

  private static void refuseTooMany(int count, int limit) {
    if (count > limit) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInSet is " + limit + ", this is " + count));
    }
  }

  private static JsonNode orNull(ObjectNode node) {
    return node.isEmpty() ? NullNode.instance : node;
  }
}
