package org.jmapproxy.mail.email;

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
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.capability.MailCapability;
import tools.jackson.databind.JsonNode;
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

    ParseCall call = new ParseCall(context, accountId);
    ObjectNode response =
        call.parse(
            blobIds,
            (id, blob) ->
                MessageCheck.of(blob).isMessage()
                    ? Optional.of(render(ParsedEmail.of(id, blob), shown, call.call(), extras))
                    : Optional.empty());
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
}
