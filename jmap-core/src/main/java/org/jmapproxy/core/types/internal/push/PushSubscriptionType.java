package org.jmapproxy.core.types.internal.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.internal.registry.CoreModule;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import org.jmapproxy.core.types.PushSubscription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The declaration of PushSubscription (RFC 8620 section 7.2). */
public final class PushSubscriptionType {

  private static final int LONGEST_URL = 2048;
  private static final int MOST_TYPES = 100;

  private static final JsonType SHORT_TEXT =
      JsonType.simple(
          "a string of 1 to 255 characters",
          node -> node.isString() && isWithin(node.stringValue(), 255));

  private static final JsonType URL =
      JsonType.simple(
          "an absolute address of at most " + LONGEST_URL + " characters",
          node -> node.isString() && isWithin(node.stringValue(), LONGEST_URL));

  private static final JsonType KEYS =
      JsonType.object(Map.of("p256dh", JsonType.STRING, "auth", JsonType.STRING));

  private static final JsonType TYPES =
      JsonType.simple(
          "an array of at most " + MOST_TYPES + " names",
          node ->
              node.isArray()
                  && node.size() <= MOST_TYPES
                  && JsonType.listOf(SHORT_TEXT).problem(node).isEmpty());

  /** The type. */
  public static final DataType<PushSubscription, NewPushSubscription, PushSubscriptionUpdate> TYPE =
      DataType.<PushSubscription, NewPushSubscription, PushSubscriptionUpdate>named(
              "PushSubscription", CoreModule.CORE, PushSubscription::id)
          .withoutAccount()
          .methods(StandardMethod.SET)
          .property(
              Property.immutable("deviceClientId", SHORT_TEXT, one -> text(one.deviceClientId())))
          .property(
              Property.<PushSubscription>immutable("url", URL, one -> text(one.url().toString()))
                  .asSecret())
          .property(
              Property.<PushSubscription>immutable(
                      "keys", KEYS.orNull(), one -> NullNode.getInstance())
                  .withDefault(NullNode.getInstance())
                  .asSecret())
          .property(
              Property.<PushSubscription>writable(
                      "verificationCode",
                      SHORT_TEXT.orNull(),
                      one -> one.verified() ? text(one.verificationCode()) : NullNode.getInstance())
                  .withDefault(NullNode.getInstance()))
          .property(
              Property.<PushSubscription>writable(
                      "expires", JsonType.UTC_DATE.orNull(), one -> text(Dates.utc(one.expires())))
                  .withDefault(NullNode.getInstance()))
          .property(
              Property.<PushSubscription>writable(
                      "types",
                      TYPES.orNull(),
                      one ->
                          one.types()
                              .map(PushSubscriptionType::list)
                              .orElseGet(NullNode::getInstance))
                  .withDefault(NullNode.getInstance()))
          .creations(PushSubscriptionType::decodeCreation)
          .updates(PushSubscriptionType::decodeUpdate)
          .build();

  private PushSubscriptionType() {}

  private static Decoded<NewPushSubscription> decodeCreation(ObjectCreation creation) {
    ObjectNode properties = creation.properties();
    if (!properties.path("verificationCode").isNull()) {
      return invalid("verificationCode", "must be null on create (RFC 8620 section 7.2)");
    }
    if (!properties.path("keys").isNull()) {
      return invalid("keys", "this server does not encrypt pushes; leave it out");
    }
    Optional<URI> url = address(properties.path("url").stringValue(""));
    if (url.isEmpty()) {
      return invalid("url", "must be an absolute address without user name and fragment");
    }
    return new Decoded.Valid<>(
        new NewPushSubscription(
            properties.path("deviceClientId").stringValue(""),
            url.get(),
            instant(properties.path("expires")),
            types(properties.path("types"))));
  }

  private static Decoded<PushSubscriptionUpdate> decodeUpdate(ObjectUpdate update) {
    ObjectNode after = update.after();
    return new Decoded.Valid<>(
        new PushSubscriptionUpdate(
            touched(after, "verificationCode", node -> node.stringValueOpt()),
            touched(after, "expires", PushSubscriptionType::instant),
            touched(after, "types", PushSubscriptionType::types)));
  }

  /** Absent: not touched; {@code null} is a value without content. */
  private static <V> Optional<Optional<V>> touched(
      ObjectNode after, String name, Function<JsonNode, Optional<V>> reader) {
    return after.has(name) ? Optional.of(reader.apply(after.path(name))) : Optional.empty();
  }

  /** What a request can be sent to. */
  private static Optional<URI> address(String text) {
    try {
      URI url = new URI(new URI(text).toASCIIString());
      PushMessage.request(url);
      return Optional.of(url);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(JsonNode node) {
    return node.isString() ? Dates.parseInstant(node.stringValue()) : Optional.empty();
  }

  private static Optional<Set<String>> types(JsonNode node) {
    return node.isArray()
        ? Optional.of(
            node.valueStream()
                .map(name -> name.stringValue(""))
                .collect(Collectors.toCollection(LinkedHashSet::new)))
        : Optional.empty();
  }

  private static <V> Decoded<V> invalid(String property, String problem) {
    return new Decoded.Invalid<>(SetError.invalidProperty(property, problem));
  }

  private static JsonNode list(Set<String> names) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    names.stream().sorted().forEach(list::add);
    return list;
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }

  private static boolean isWithin(String text, int most) {
    return !text.isEmpty() && text.length() <= most;
  }
}
