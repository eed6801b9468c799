package org.jmapproxy.core.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.MemoryQuery;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.QueryCandidates;
import org.jmapproxy.core.type.ResponseMember;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A data type that uses every hook of a declaration, to test the engine with. */
public final class NoteType {

  /** The capability of notes. */
  public static final String CAPABILITY = "urn:test";

  /** Notes. */
  public static final DataType<Note, ObjectNode, NoteUpdate> TYPE = builder("Note").build();

  private NoteType() {}

  /** A declaration like that of notes, to be varied. */
  public static DataTypeBuilder<Note, ObjectNode, NoteUpdate> builder(String name) {
    Argument<Boolean> shout = Argument.flag("shout", false);
    Argument<Boolean> roots = Argument.flag("rootsOnly", false);
    Argument<List<String>> destroyAfter =
        new Argument<>(
            "onSuccessDestroy",
            JsonType.listOf(JsonType.STRING).orNull(),
            ids -> ids.valueStream().map(JsonNode::stringValue).toList(),
            List.of());
    DataTypeBuilder<Note, ObjectNode, NoteUpdate> notes =
        DataType.named(name, CAPABILITY, Note::id);
    return notes
        .property(
            property("title", JsonType.STRING)
                .renderedBy(
                    (note, context) ->
                        StringNode.valueOf(
                            context.arguments().get(shout)
                                ? note.title().toUpperCase(Locale.ROOT)
                                : note.title())))
        .property(property("text", JsonType.STRING).withDefault(StringNode.valueOf("")))
        .property(property("parentId", JsonType.ID.orNull()).withDefault(NullNode.getInstance()))
        .property(property("related", JsonType.idSet()).withDefault(objectNode()))
        .property(property("tags", JsonType.stringSet()).withDefault(objectNode()))
        .property(property("points", JsonType.listOf(JsonType.INT)).withDefault(arrayNode()))
        .property(property("attributes", JsonType.OBJECT).asOptional())
        .property(
            Property.<Note>immutable(
                    "kind", JsonType.oneOf("note", "task"), note -> note.get("kind"))
                .withDefault(StringNode.valueOf("note")))
        .property(
            Property.serverSet("size", JsonType.UNSIGNED_INT, note -> IntNode.valueOf(note.size())))
        .property(
            Property.<Note>serverSet(
                    "slug",
                    JsonType.STRING,
                    note -> StringNode.valueOf(note.title().toLowerCase(Locale.ROOT)))
                .onRequest()
                .asDerived())
        .dynamicProperties(NoteType::attribute)
        .methods(
            StandardMethod.CHANGES,
            StandardMethod.SET,
            StandardMethod.COPY,
            StandardMethod.QUERY,
            StandardMethod.QUERY_CHANGES)
        .arguments(StandardMethod.GET, shout)
        .arguments(StandardMethod.SET, destroyAfter)
        .arguments(StandardMethod.QUERY, roots)
        .arguments(StandardMethod.QUERY_CHANGES, roots)
        .memoryQuery(rootsOnly(roots))
        .queryCandidates(QueryCandidates.changedObjects())
        .responseMember(StandardMethod.CHANGES, updatedProperties())
        .createResponse("size")
        .followUp((arguments, response, createdIds) -> after(name, arguments, createdIds))
        .creations(NoteType::creation)
        .updates(NoteType::update)
        .filter(
            FilterProperty.of(
                "title",
                JsonType.STRING,
                JsonNode::stringValue,
                (note, text) -> note.title().contains(text)))
        .filter(FilterProperty.of("tag", JsonType.STRING, JsonNode::stringValue, Note::hasTag))
        .filter(
            FilterProperty.of(
                "parentId",
                JsonType.ID.orNull(),
                JsonNode::stringValueOpt,
                (note, parent) -> note.parentId().equals(parent)))
        .filter(
            FilterProperty.<Note, String>of(
                    "kind",
                    JsonType.STRING,
                    JsonNode::stringValue,
                    (note, kind) -> note.get("kind").asString("").equals(kind))
                .asImmutable())
        .filter(FilterProperty.remote("meaning", JsonType.STRING, JsonNode::stringValue))
        .sort(SortProperty.of("title", Comparator.comparing(Note::title)))
        .sort(SortProperty.of("size", Comparator.comparing(Note::size)))
        .sort(
            SortProperty.<Note>of(
                    "kind", Comparator.comparing(note -> note.get("kind").asString("")))
                .asImmutable())
        .sort(tagged())
        .sort(SortProperty.remote("relevance"));
  }

  /** A module with these types. */
  public static JmapModule module(DataType<?, ?, ?>... types) {
    return new JmapModule() {
      @Override
      public List<Capability> capabilities() {
        return List.of(Capability.of(CAPABILITY, account -> Optional.of(objectNode())));
      }

      @Override
      public List<DataType<?, ?, ?>> dataTypes() {
        return List.of(types);
      }
    };
  }

  /** Adds notes to an account. */
  public static InMemoryObjects<Note, ObjectNode, NoteUpdate> addTo(InMemoryAccount account) {
    return addTo(account, TYPE);
  }

  /** Adds notes of a varied type to an account. */
  public static InMemoryObjects<Note, ObjectNode, NoteUpdate> addTo(
      InMemoryAccount account, DataType<Note, ObjectNode, NoteUpdate> type) {
    return account.add(type, Note::new, Note::with);
  }

  /** What a creation with this title is decoded to. */
  public static ObjectNode titled(String title) {
    ObjectNode properties = objectNode().put("title", title).put("text", "").putNull("parentId");
    properties.put("kind", "note");
    properties.putObject("related");
    properties.putObject("tags");
    properties.putArray("points");
    return properties;
  }

  private static Property<Note> property(String name, JsonType type) {
    return Property.writable(name, type, note -> note.get(name));
  }

  private static Optional<Property<Note>> attribute(String name) {
    return name.startsWith("attribute:")
        ? Optional.of(
            Property.serverSet(
                name, JsonType.ANY, note -> note.get("attributes").path(name.substring(10))))
        : Optional.empty();
  }

  private static MemoryQuery<Note> rootsOnly(Argument<Boolean> roots) {
    return (all, query, matches, order) ->
        all.stream()
            .filter(note -> !query.arguments().get(roots) || note.parentId().isEmpty())
            .filter(matches)
            .sorted(order)
            .toList();
  }

  private static SortProperty<Note> tagged() {
    Argument<String> tag = new Argument<>("tag", JsonType.STRING, JsonNode::stringValue, "");
    return new SortProperty<>(
        "hasTag",
        false,
        List.of(tag),
        Optional.of(by -> Comparator.comparing(note -> note.hasTag(by.extras().get(tag)))));
  }

  private static ResponseMember updatedProperties() {
    return new ResponseMember(
        "updatedProperties",
        (context, roles, arguments, changes) ->
            changes
                .flatMap(found -> found.updatedProperties())
                .<JsonNode>map(
                    names -> {
                      ArrayNode array = arrayNode();
                      names.forEach(array::add);
                      return array;
                    })
                .orElse(NullNode.getInstance()));
  }

  private static List<Invocation> after(
      String name, ObjectNode arguments, Map<String, String> createdIds) {
    List<String> ids = new ArrayList<>();
    arguments
        .path("onSuccessDestroy")
        .forEach(
            id -> {
              String text = id.stringValue();
              ids.add(
                  text.startsWith("#") ? createdIds.getOrDefault(text.substring(1), text) : text);
            });
    if (ids.isEmpty()) {
      return List.of();
    }
    ObjectNode next = objectNode().put("accountId", arguments.path("accountId").asString(""));
    ArrayNode destroy = next.putArray("destroy");
    ids.forEach(destroy::add);
    return List.of(new Invocation(name + "/set", next, ""));
  }

  private static Decoded<ObjectNode> creation(ObjectCreation creation) {
    return decoded(creation.properties(), creation.properties());
  }

  private static Decoded<NoteUpdate> update(ObjectUpdate update) {
    return decoded(update.after(), new NoteUpdate(update.before(), update.after()));
  }

  private static <V> Decoded<V> decoded(ObjectNode properties, V value) {
    return properties.path("title").asString("x").isEmpty()
        ? new Decoded.Invalid<>(SetError.invalidProperty("title", "must not be empty"))
        : new Decoded.Valid<>(value);
  }

  private static ObjectNode objectNode() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ArrayNode arrayNode() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
