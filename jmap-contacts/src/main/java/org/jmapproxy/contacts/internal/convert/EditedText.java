package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.SourceLine;
import org.jmapproxy.contacts.internal.line.SourceLine.Kind;

/**
 * A line of an edited vCard.
 *
 * @param raw the line as it was, if it is kept
 * @param line the property; empty for what is none, and for what was removed
 * @param slots where it belongs
 * @param isEnd whether it ends the vCard
 */
record EditedText(
    Optional<String> raw, Optional<ContentLine> line, List<String> slots, boolean isEnd) {

  static EditedText kept(SourceLine source) {
    return new EditedText(
        Optional.of(source.raw()), Optional.empty(), List.of(), source.kind() == Kind.END);
  }

  static EditedText kept(SourceLine source, List<String> slots) {
    return new EditedText(Optional.of(source.raw()), source.property(), slots, false);
  }

  static EditedText written(ContentLine line, List<String> slots) {
    return new EditedText(Optional.empty(), Optional.of(line), slots, false);
  }

  /** Marks the place where new lines of a slot go. */
  static EditedText removed(List<String> slots) {
    return new EditedText(Optional.empty(), Optional.empty(), slots, false);
  }
}
