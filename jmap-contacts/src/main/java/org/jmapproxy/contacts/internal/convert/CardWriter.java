package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.LineReader;
import org.jmapproxy.contacts.internal.line.LineWriter;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts a Card to the lines of a vCard (RFC 9555 section 3). Any JSON object is written so that
 * it can be read again: what the rules do not carry becomes JSPROP.
 */
final class CardWriter {

  private CardWriter() {}

  /** The lines between BEGIN and END, without VERSION. */
  static List<SlotLine> write(ObjectNode card, VCardVersion version) {
    ObjectNode wanted = NormalCard.of(card);
    Writing writing = new Writing(wanted, version);
    ScalarRules.writeHead(writing);
    NameRules.write(writing);
    ScalarRules.writeGrammaticalGender(writing);
    EntryWriter.writeAll(writing);
    SetRules.writeMembers(writing);
    SetRules.writeRelated(writing);
    SetRules.writeCategories(writing);
    ScalarRules.writeTail(writing);
    writeVCardProps(writing);
    List<SlotLine> lines = new ArrayList<>();
    for (SlotLine line : writing.lines()) {
      LineReader.property(LineWriter.unfolded(line.line()))
          .ifPresent(readable -> lines.add(new SlotLine(line.slot(), readable)));
    }
    lines.addAll(rest(lines, wanted, version));
    return lines;
  }

  private static void writeVCardProps(Writing writing) {
    for (JsonNode property : writing.card().path("vCardProps")) {
      JCardProperty.write(property)
          .filter(line -> !line.name().equals("VERSION"))
          .ifPresent(line -> writing.add("vCardProps/" + JCardProperty.read(line), line));
    }
  }

  /** What reading the lines would not give back. */
  private static List<SlotLine> rest(
      List<SlotLine> lines, ObjectNode wanted, VCardVersion version) {
    List<ContentLine> written = new ArrayList<>();
    written.add(ContentLine.of("VERSION", version.text()));
    lines.forEach(line -> written.add(line.line()));
    ObjectNode understood = NormalCard.of(CardReader.read(written).card());
    ObjectNode patch = CardDifference.between(understood, wanted);
    List<SlotLine> rest = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      rest.add(JsonProperty.write(entry.getKey(), entry.getValue()));
    }
    return rest;
  }
}
