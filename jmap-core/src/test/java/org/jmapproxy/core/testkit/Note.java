package org.jmapproxy.core.testkit;

import java.util.Optional;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of the type that tests of the engine use.
 *
 * @param id the id
 * @param properties what clients may set; not changed by anybody
 */
public record Note(Id id, ObjectNode properties) {

  /** The value of a property that clients may set. */
  public JsonNode get(String name) {
    return properties.optional(name).orElse(NullNode.getInstance());
  }

  /** The title. */
  public String title() {
    return get("title").asString("");
  }

  /** How long the text is. */
  public int size() {
    return get("text").asString("").length();
  }

  /** Whether the note has a tag. */
  public boolean hasTag(String tag) {
    return get("tags").has(tag);
  }

  /** The note above this one. */
  public Optional<String> parentId() {
    return get("parentId").stringValueOpt();
  }

  /** The note with an update applied. */
  Note with(NoteUpdate update) {
    ObjectNode changed = properties.deepCopy();
    update.before().propertyNames().forEach(changed::remove);
    changed.setAll(update.after());
    return new Note(id, changed);
  }
}
