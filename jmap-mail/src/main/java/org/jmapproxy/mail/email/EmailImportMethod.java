package org.jmapproxy.mail.email;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.mail.capability.MailCapability;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Email/import} (RFC 8621 section 4.8): stores uploaded messages. Stateless. */
public final class EmailImportMethod implements Method {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The method. */
  public EmailImportMethod() {}

  @Override
  public String name() {
    return "Email/import";
  }

  @Override
  public String capability() {
    return MailCapability.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    Optional<String> ifInState = reader.string("ifInState");
    reader.required("emails", JsonType.OBJECT);
    Map<String, ObjectNode> emails = reader.objectsByCreationId("emails");
    reader.end();
    refuseTooMany(emails.size(), context.limits().maxObjectsInSet());

    ChangesRole changes = context.role(accountId, EmailType.TYPE.changesRole());
    if (context.account(accountId).isReadOnly()) {
      throw new MethodException(MethodError.accountReadOnly());
    }
    WriteRole<Email, NewEmail, EmailUpdate> writer =
        context.role(accountId, EmailType.TYPE.writeRole());
    CallContext call = context.callContext(accountId);
    State oldState = changes.state(call);
    if (ifInState.isPresent() && !ifInState.get().equals(oldState.value())) {
      throw new MethodException(MethodError.stateMismatch());
    }

    EmailImport decoder =
        new EmailImport(call, context.role(accountId, BlobRole.ROLE), context.creationIds());
    ObjectNode created = JSON.objectNode();
    ObjectNode notCreated = JSON.objectNode();
    Map<String, NewEmail> valid = decode(decoder, emails, notCreated);
    if (!valid.isEmpty()) {
      writer
          .create(call, valid, Arguments.none())
          .forEach((id, outcome) -> report(context, id, outcome, created, notCreated));
    }

    ObjectNode response = JSON.objectNode().put("accountId", accountId.value());
    response.put("oldState", oldState.value());
    response.put("newState", changes.state(call).value());
    response.set("created", orNull(created));
    response.set("notCreated", orNull(notCreated));
    return List.of(new Invocation(name(), response, ""));
  }

  private static Map<String, NewEmail> decode(
      EmailImport decoder, Map<String, ObjectNode> emails, ObjectNode notCreated) {
    Map<String, NewEmail> valid = new LinkedHashMap<>();
    emails.forEach(
        (creationId, email) -> {
          Decoded<NewEmail> decoded = decoder.decode(email);
          if (decoded instanceof Decoded.Valid<NewEmail> ok) {
            valid.put(creationId, ok.value());
          } else if (decoded instanceof Decoded.Invalid<NewEmail> invalid) {
            notCreated.set(creationId, invalid.error().toJson());
          }
        });
    return valid;
  }

  private static void report(
      MethodContext context,
      String creationId,
      CreateOutcome<Email> outcome,
      ObjectNode created,
      ObjectNode notCreated) {
    if (outcome instanceof CreateOutcome.Created<Email> made) {
      Email email = made.object();
      context.created(creationId, email.id());
      created.set(
          creationId,
          JSON.objectNode()
              .put("id", email.id().value())
              .put("blobId", email.blobId().value())
              .put("threadId", email.threadId().value())
              .put("size", email.size()));
    } else if (outcome instanceof CreateOutcome.NotCreated<Email> refused) {
      notCreated.set(creationId, refused.error().toJson());
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
