package org.jmapproxy.examples.backend;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Declares the data type; Bookmark/get, changes, set, copy, query and queryChanges follow from it.
 */
public final class BookmarkModule implements JmapModule {

  static final String CAPABILITY = "https://example.org/jmap/bookmarks";

  static final DataType<Bookmark, NewBookmark, BookmarkUpdate> TYPE = type();

  @Override
  public List<Capability> capabilities() {
    return List.of(
        Capability.of(
            CAPABILITY,
            account ->
                account.roles().has(TYPE.readRole())
                    ? Optional.of(JsonNodeFactory.instance.objectNode())
                    : Optional.empty()));
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(TYPE);
  }

  private static DataType<Bookmark, NewBookmark, BookmarkUpdate> type() {
    return DataType.<Bookmark, NewBookmark, BookmarkUpdate>named(
            "Bookmark", CAPABILITY, Bookmark::id)
        .property(
            Property.<Bookmark>writable(
                    "title", JsonType.STRING, b -> StringNode.valueOf(b.title()))
                .withDefault(StringNode.valueOf("")))
        .property(
            Property.<Bookmark>writable("url", JsonType.STRING, b -> StringNode.valueOf(b.url())))
        .methods(
            StandardMethod.CHANGES,
            StandardMethod.SET,
            StandardMethod.COPY,
            StandardMethod.QUERY,
            StandardMethod.QUERY_CHANGES)
        .creations(
            creation ->
                checked(
                    creation.properties(),
                    new NewBookmark(
                        creation.properties().path("title").stringValue(),
                        creation.properties().path("url").stringValue())))
        .updates(
            update ->
                checked(
                    update.after(),
                    new BookmarkUpdate(text(update.after(), "title"), text(update.after(), "url"))))
        .filter(
            FilterProperty.<Bookmark, String>of(
                "text",
                JsonType.STRING,
                value -> value.stringValue().toLowerCase(Locale.ROOT),
                (bookmark, words) -> bookmark.title().toLowerCase(Locale.ROOT).contains(words)))
        .sort(SortProperty.of("title", Comparator.comparing(Bookmark::title)))
        .build();
  }

  /** What the types of the properties cannot say is checked here, once for create and update. */
  private static <V> Decoded<V> checked(ObjectNode properties, V value) {
    Optional<String> url = text(properties, "url");
    return url.isPresent() && !url.get().startsWith("https://")
        ? new Decoded.Invalid<>(SetError.invalidProperty("url", "must begin with https://"))
        : new Decoded.Valid<>(value);
  }

  private static Optional<String> text(ObjectNode properties, String name) {
    return properties.optional(name).map(JsonNode::stringValue);
  }
}
