package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.SourceLine;
import org.jmapproxy.contacts.internal.line.SourceLine.Kind;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/**
 * Edits a vCard line by line. The card that was read and the card that is wanted are both written
 * out; a slot in which that makes no difference keeps its lines, whatever they look like.
 */
final class CardEdit {

  private final List<SourceLine> source;
  private final List<ContentLine> properties;
  private final List<List<String>> slots;
  private final Map<String, List<ContentLine>> before;
  private final Map<String, List<ContentLine>> after;
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<EditedText> output = new ArrayList<>();

  private CardEdit(List<SourceLine> source, ObjectNode wanted) {
    this.source = source;
    properties = source.stream().flatMap(line -> line.property().stream()).toList();
    VCardVersion version = CardReader.version(properties);
    ReadCard read = CardReader.read(properties);
    slots = read.slots();
    before = bySlot(CardWriter.write(read.card(), version));
    after = bySlot(CardWriter.write(wanted, version));
    Set<String> all = new LinkedHashSet<>(before.keySet());
    all.addAll(after.keySet());
    all.removeIf(slot -> in(before, slot).equals(in(after, slot)));
    changed.addAll(all);
  }

  /** The lines of the edited vCard. */
  static List<EditedText> edit(List<SourceLine> source, ObjectNode wanted) {
    return new CardEdit(source, wanted).edit();
  }

  private static Map<String, List<ContentLine>> bySlot(List<SlotLine> lines) {
    Map<String, List<ContentLine>> bySlot = new LinkedHashMap<>();
    for (SlotLine line : lines) {
      bySlot.computeIfAbsent(line.slot(), slot -> new ArrayList<>()).add(line.line());
    }
    return bySlot;
  }

  private static List<ContentLine> in(Map<String, List<ContentLine>> lines, String slot) {
    return lines.getOrDefault(slot, List.of());
  }

  private List<EditedText> edit() {
    Map<Integer, ContentLine> counterparts = counterparts();
    for (int i = 0; i < properties.size(); i++) {
      if (slots.get(i).size() > 1 && slots.get(i).stream().anyMatch(changed::contains)) {
        changed.addAll(slots.get(i));
      }
    }
    Map<String, List<ContentLine>> missing = new LinkedHashMap<>();
    changed.forEach(slot -> missing.put(slot, new ArrayList<>(in(after, slot))));
    removeKept(counterparts, missing);
    int property = 0;
    for (SourceLine line : source) {
      if (line.kind() == Kind.PROPERTY) {
        editProperty(property++, line, counterparts, missing);
      } else {
        output.add(EditedText.kept(line));
      }
    }
    missing.forEach(this::insert);
    return output;
  }

  /** What lines of changed slots would be written as, if it is clear which is which. */
  private Map<Integer, ContentLine> counterparts() {
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < properties.size(); i++) {
      for (String slot : slots.get(i)) {
        places
            .computeIfAbsent(slot + " " + properties.get(i).name(), key -> new ArrayList<>())
            .add(i);
      }
    }
    Map<Integer, ContentLine> counterparts = new HashMap<>();
    for (String slot : changed) {
      Map<String, List<ContentLine>> byName = new LinkedHashMap<>();
      in(before, slot)
          .forEach(line -> byName.computeIfAbsent(line.name(), n -> new ArrayList<>()).add(line));
      byName.forEach(
          (name, lines) -> {
            List<Integer> found = places.getOrDefault(slot + " " + name, List.of());
            for (int i = 0; found.size() == lines.size() && i < lines.size(); i++) {
              counterparts.put(found.get(i), lines.get(i));
            }
          });
    }
    return counterparts;
  }

  /** Lines that are kept need not be written again. */
  private void removeKept(
      Map<Integer, ContentLine> counterparts, Map<String, List<ContentLine>> missing) {
    for (int i = 0; i < properties.size(); i++) {
      if (isChanged(i) && isKept(i, counterparts)) {
        missing.getOrDefault(slots.get(i).get(0), List.of()).remove(counterparts.get(i));
      }
    }
  }

  private boolean isChanged(int index) {
    return slots.get(index).stream().anyMatch(changed::contains);
  }

  private boolean isKept(int index, Map<Integer, ContentLine> counterparts) {
    ContentLine counterpart = counterparts.get(index);
    return counterpart != null
        && slots.get(index).size() == 1
        && in(after, slots.get(index).get(0)).contains(counterpart);
  }

  private void editProperty(
      int index,
      SourceLine line,
      Map<Integer, ContentLine> counterparts,
      Map<String, List<ContentLine>> missing) {
    if (!isChanged(index) || isKept(index, counterparts)) {
      output.add(EditedText.kept(line, slots.get(index)));
      return;
    }
    Optional<ContentLine> counterpart = Optional.ofNullable(counterparts.get(index));
    if (counterpart.isPresent() && slots.get(index).size() == 1) {
      List<ContentLine> candidates = missing.getOrDefault(slots.get(index).get(0), List.of());
      Optional<ContentLine> next =
          candidates.stream()
              .filter(candidate -> candidate.name().equals(properties.get(index).name()))
              .findFirst();
      if (next.isPresent()) {
        candidates.remove(next.get());
        output.add(
            EditedText.written(
                EditedLine.of(properties.get(index), counterpart.get(), next.get()),
                slots.get(index)));
        return;
      }
    }
    output.add(EditedText.removed(slots.get(index)));
  }

  /** Puts new lines behind those of their slot, else behind others of their name. */
  private void insert(String slot, List<ContentLine> lines) {
    for (ContentLine line : lines) {
      int place = -1;
      int sameName = -1;
      int end = output.size();
      for (int i = 0; i < output.size(); i++) {
        EditedText text = output.get(i);
        if (text.slots().contains(slot)) {
          place = i;
        }
        if (text.line().filter(other -> other.name().equals(line.name())).isPresent()) {
          sameName = i;
        }
        if (text.isEnd()) {
          end = i;
        }
      }
      int index = place >= 0 ? place + 1 : sameName >= 0 ? sameName + 1 : end;
      output.add(index, EditedText.written(line, List.of(slot)));
    }
  }
}
