package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.LineReader;
import org.jmapproxy.contacts.internal.line.LineWriter;
import org.jmapproxy.contacts.internal.line.SourceLine;
import org.jmapproxy.contacts.internal.line.SourceLine.Kind;
import org.jmapproxy.contacts.vcard.VCardLimits;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A vCard as text, and what is done with it as a whole. */
public record VCardText(List<SourceLine> source) {

  private static final String LINE_END = "\r\n";

  /**
   * Reads a text.
   *
   * @throws org.jmapproxy.contacts.vcard.InvalidVCardException see {@link LineReader#read}
   */
  public static VCardText of(String text, VCardLimits limits) {
    return new VCardText(LineReader.read(text, limits));
  }

  /** How many lines are no properties. */
  public int brokenLines() {
    return (int) source.stream().filter(line -> line.kind() == Kind.BROKEN).count();
  }

  /** The Card. */
  public ObjectNode card() {
    return CardReader.read(properties()).card();
  }

  private List<ContentLine> properties() {
    return source.stream().flatMap(line -> line.property().stream()).toList();
  }

  /** The version that a Card was read from, if it is one that is written. */
  public static VCardVersion versionOf(ObjectNode card) {
    for (JsonNode property : card.path("vCardProps")) {
      if (property.path(0).asString("").equalsIgnoreCase("version")) {
        return VCardVersion.of(property.path(3).asString("4.0"));
      }
    }
    return VCardVersion.V4_0;
  }

  /** A new vCard. */
  public static String write(ObjectNode card, VCardVersion version) {
    StringBuilder text = new StringBuilder("BEGIN:VCARD" + LINE_END);
    text.append("VERSION:").append(version.text()).append(LINE_END);
    for (SlotLine line : CardWriter.write(card, version)) {
      text.append(LineWriter.folded(LineWriter.unfolded(line.line()), LINE_END));
    }
    return text.append("END:VCARD").append(LINE_END).toString();
  }

  /** This vCard with the lines changed that differ in the wanted card. */
  public String edited(ObjectNode wanted, VCardLimits limits) {
    List<EditedText> edited = CardEdit.edit(source, wanted);
    String text = text(edited);
    ReadCard read = CardReader.read(of(text, limits).properties());
    List<EditedText> mended = new ArrayList<>();
    int property = 0;
    for (EditedText line : edited) {
      List<String> slots = line.line().isPresent() ? read.slots().get(property++) : line.slots();
      boolean lost = line.slots().size() == 1 && !slots.equals(line.slots()) && hasId(line);
      if (line.isEnd() && mended.equals(edited.subList(0, mended.size()))) {
        mended.addAll(misunderstood(read.card(), wanted));
      }
      mended.add(lost ? withId(line) : line);
    }
    return mended.equals(edited) ? text : text(mended);
  }

  /** What would be read otherwise than wanted, although every line is as it should be. */
  private static List<EditedText> misunderstood(ObjectNode read, ObjectNode wanted) {
    ObjectNode patch = CardDifference.between(NormalCard.of(read), NormalCard.of(wanted));
    return patch.properties().stream()
        .map(entry -> JsonProperty.write(entry.getKey(), entry.getValue()))
        .map(line -> EditedText.written(line.line(), List.of(line.slot())))
        .toList();
  }

  /** Whether a line is an entry of a map, and could say its id. */
  private static boolean hasId(EditedText line) {
    return line.line().isPresent()
        && EntryRules.ALL.stream()
            .anyMatch(
                rule ->
                    rule.name().equals(line.line().get().name())
                        && line.slots().get(0).startsWith(rule.map() + "/"))
        && line.slots().get(0).indexOf('@') < 0
        && line.slots().get(0).indexOf('#') < 0
        && Reading.claimedId(line.line().get()).isEmpty();
  }

  private static EditedText withId(EditedText line) {
    String slot = line.slots().get(0);
    return EditedText.written(
        line.line().orElseThrow().with("PROP-ID", slot.substring(slot.lastIndexOf('/') + 1)),
        line.slots());
  }

  private String text(List<EditedText> lines) {
    String lineEnd = lineEnd();
    StringBuilder text = new StringBuilder();
    for (EditedText line : lines) {
      Optional<String> addition =
          line.raw()
              .or(() -> line.line().map(l -> LineWriter.folded(LineWriter.unfolded(l), lineEnd)));
      boolean open = !text.isEmpty() && "\r\n\uFEFF".indexOf(text.charAt(text.length() - 1)) < 0;
      if (addition.isPresent() && open) {
        text.append(lineEnd);
      }
      addition.ifPresent(text::append);
    }
    return text.toString();
  }

  private String lineEnd() {
    return source.stream()
        .map(SourceLine::raw)
        .filter(raw -> raw.endsWith("\n"))
        .findFirst()
        .map(raw -> raw.endsWith("\r\n") ? LINE_END : "\n")
        .orElse(LINE_END);
  }
}
