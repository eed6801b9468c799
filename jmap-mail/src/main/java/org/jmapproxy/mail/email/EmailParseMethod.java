package org.jmapproxy.mail.email;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.capability.MailCapability;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Email/parse} (RFC 8621 section 4.9): shows messages that are not stored. Stateless. */
public final class EmailParseMethod implements Method {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> DEFAULT_PROPERTIES =
      List.of(
          "messageId",
          "inReplyTo",
          "references",
          "sender",
          "from",
          "to",
          "cc",
          "bcc",
          "replyTo",
          "subject",
          "sentAt",
          "hasAttachment",
          "preview",
          "bodyValues",
          "textBody",
          "htmlBody",
          "attachments");

  /** What only messages in the mail store have. */
  private static final Set<String> OF_THE_STORE =
      Set.of("id", "threadId", "mailboxIds", "keywords", "receivedAt");

  /** The method. */
  public EmailParseMethod() {}

  @Override
  public String name() {
    return "Email/parse";
  }

  @Override
  public String capability() {
    return MailCapability.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    JsonNode blobIds = reader.required("blobIds", JsonType.listOf(JsonType.STRING));
    Map<String, Property<Email>> shown =
        properties(reader.strings("properties").orElse(DEFAULT_PROPERTIES));
    Arguments extras = reader.extras(List.of(BodyArguments.all()));
    reader.end();
    refuseTooMany(blobIds.size(), context.limits().maxObjectsInGet());

    CallContext call = context.callContext(accountId);
    BlobRole blobs = new PartBlobs(context.role(accountId, BlobRole.ROLE));
    ObjectNode parsed = JSON.objectNode();
    Set<String> notParsable = new LinkedHashSet<>();
    Set<String> notFound = new LinkedHashSet<>();
    for (String id : distinct(context, blobIds)) {
      refuseToGoOnFor(call, context);
      Optional<Blob> blob = Id.isValid(id) ? blobs.find(call, Id.of(id)) : Optional.<Blob>empty();
      if (blob.isEmpty()) {
        notFound.add(id);
      } else if (!MessageCheck.of(blob.get()).isMessage()) {
        notParsable.add(id);
      } else {
        ParsedEmail message = ParsedEmail.of(Id.of(id), blob.get());
        parsed.set(id, render(message, shown, call, extras));
      }
    }

    ObjectNode response = JSON.objectNode().put("accountId", accountId.value());
    response.set("parsed", parsed.isEmpty() ? NullNode.instance : parsed);
    response.set("notParsable", orNull(notParsable));
    response.set("notFound", orNull(notFound));
    return List.of(new Invocation(name(), response, ""));
  }

  private static Map<String, Property<Email>> properties(List<String> names) {
    Map<String, Property<Email>> properties = new LinkedHashMap<>();
    for (String name : names) {
      Property<Email> property =
          EmailType.TYPE
              .property(name)
              .orElseThrow(
                  () ->
                      new MethodException(
                          MethodError.invalidArgument(
                              "properties", "Email has no property " + name)));
      properties.put(name, property);
    }
    return properties;
  }

  private static ObjectNode render(
      ParsedEmail message, Map<String, Property<Email>> shown, CallContext call, Arguments extras) {
    Email email = message.email(shown.keySet());
    EmailContents contents = EmailContents.holding(call, email.id(), message.content());
    RenderContext context =
        new RenderContext(call, extras, Roles.builder().with(EmailContents.ROLE, contents).build());
    ObjectNode json = JSON.objectNode();
    shown.forEach(
        (name, property) ->
            json.set(
                name,
                OF_THE_STORE.contains(name)
                    ? NullNode.instance
                    : property.renderer().render(email, context)));
    return json;
  }

  private static Set<String> distinct(MethodContext context, JsonNode ids) {
    Set<String> distinct = new LinkedHashSet<>();
    ids.forEach(id -> distinct.add(context.creationIds().apply(id.stringValue())));
    return distinct;
  }

  private static void refuseTooMany(int count, int limit) {
    if (count > limit) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInGet is " + limit + ", this is " + count));
    }
  }

  /** Parsing is quick, fetching many large messages is not. */
  private static void refuseToGoOnFor(CallContext call, MethodContext context) {
    if (context.clock().instant().isAfter(call.deadline())) {
      throw new MethodException(
          MethodError.serverUnavailable("There was no time to parse all of these blobs"));
    }
  }

  private static JsonNode orNull(Collection<String> ids) {
    if (ids.isEmpty()) {
      return NullNode.instance;
    }
    ArrayNode array = JSON.arrayNode();
    ids.forEach(array::add);
    return array;
  }
}
