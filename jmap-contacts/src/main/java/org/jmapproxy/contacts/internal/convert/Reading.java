package org.jmapproxy.contacts.internal.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Card while the lines of a vCard are put into it. A <em>slot</em> is the path of the object that
 * a line belongs to, such as {@code emails/e1}.
 */
final class Reading {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  private final ObjectNode card = Members.JSON.objectNode();
  private final VCardVersion version;
  private final Map<String, Set<String>> ids = new HashMap<>();
  private final Map<String, List<String>> slotsByGroup = new LinkedHashMap<>();
  private Optional<String> language = Optional.empty();

  Reading(VCardVersion version) {
    this.version = version;
  }

  ObjectNode card() {
    return card;
  }

  VCardVersion version() {
    return version;
  }

  /** The language of what has no language of its own. */
  Optional<String> language() {
    return language;
  }

  void language(String tag) {
    language = Optional.of(tag);
  }

  /** The id that a line claims with PROP-ID. */
  static Optional<String> claimedId(ContentLine line) {
    return line.parameters().first("PROP-ID").filter(id -> ID.matcher(id).matches());
  }

  /** No line without PROP-ID gets an id that another line claims. */
  void reserve(String map, ContentLine line) {
    claimedId(line).ifPresent(id -> taken(map).add(id));
  }

  private Set<String> taken(String map) {
    return ids.computeIfAbsent(map, m -> new HashSet<>());
  }

  /**
   * Adds an entry under the id that its line claims, else under one that follows from the value: it
   * is the same whenever the line is read, whatever became of other lines.
   *
   * @return its slot
   */
  String add(String map, ContentLine line, ObjectNode entry) {
    ObjectNode entries = Members.make(card, map);
    String id =
        claimedId(line)
            .filter(claimed -> !entries.has(claimed))
            .orElseGet(() -> derivedId(map, line));
    taken(map).add(id);
    entries.set(id, entry);
    String slot = map + "/" + id;
    belongs(line, slot);
    return slot;
  }

  private String derivedId(String map, ContentLine line) {
    CRC32 digest = new CRC32();
    digest.update(line.value().getBytes(StandardCharsets.UTF_8));
    String id = line.name() + String.format(Locale.ROOT, "-%08x", digest.getValue());
    String free = id;
    for (int i = 2; taken(map).contains(free); i++) {
      free = id + "-" + i;
    }
    return free;
  }

  /** Remembers that a line of a group went to a slot. */
  void belongs(ContentLine line, String slot) {
    line.group()
        .ifPresent(
            group ->
                slotsByGroup
                    .computeIfAbsent(group.toLowerCase(Locale.ROOT), g -> new ArrayList<>())
                    .add(slot));
  }

  /** The slots of the lines in a line's group. */
  List<String> companions(ContentLine line) {
    return line.group()
        .map(group -> slotsByGroup.getOrDefault(group.toLowerCase(Locale.ROOT), List.of()))
        .orElse(List.of());
  }

  /** The object at a slot. */
  Optional<ObjectNode> at(String slot) {
    return Members.at(card, slot);
  }
}
