package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The properties of an Email that show its body (RFC 8621 section 4.1.4). */
final class BodyProperties {

  private static final JsonType PARTS = JsonType.listOf(PartType.PART);

  private static final JsonType VALUE =
      JsonType.object(
          Map.of(
              "value", JsonType.STRING,
              "isEncodingProblem", JsonType.BOOLEAN,
              "isTruncated", JsonType.BOOLEAN));

  static final List<Property<Email>> ALL =
      List.of(
          property("bodyStructure", PartType.PART, BodyProperties::structure).onRequest(),
          property("bodyValues", JsonType.mapOf(VALUE), BodyValues::of),
          property("textBody", PARTS, (e, context) -> parts(e, context, MessageBody::textBody)),
          property("htmlBody", PARTS, (e, context) -> parts(e, context, MessageBody::htmlBody)),
          property(
              "attachments", PARTS, (e, context) -> parts(e, context, MessageBody::attachments)));

  private BodyProperties() {}

  private static JsonNode structure(Email email, RenderContext context) {
    return email
        .bodyStructure()
        .<JsonNode>map(root -> PartJson.of(email, context).tree(root))
        .orElse(NullNode.instance);
  }

  private static JsonNode parts(
      Email email, RenderContext context, Function<MessageBody, List<BodyPart>> list) {
    PartJson writer = PartJson.of(email, context);
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    email
        .bodyStructure()
        .map(root -> list.apply(MessageBody.of(root)))
        .orElse(List.of())
        .forEach(part -> parts.add(writer.leaf(part)));
    return parts;
  }

  private static Property<Email> property(
      String name, JsonType type, Property.Renderer<Email> renderer) {
    return Property.<Email>immutable(name, type, email -> NullNode.instance)
        .asOptional()
        .asDerived()
        .renderedBy(renderer);
  }
}
