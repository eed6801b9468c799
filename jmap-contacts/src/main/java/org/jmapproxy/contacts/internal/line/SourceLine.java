package org.jmapproxy.contacts.internal.line;

import java.util.Optional;

/**
 * A line of a vCard as it was written.
 *
 * @param raw the octets' text with its folds and its line end
 * @param kind what it is
 * @param property the property, for lines of the kind {@link Kind#PROPERTY}
 */
public record SourceLine(String raw, Kind kind, Optional<ContentLine> property) {

  /** What lines are. */
  public enum Kind {
    /** A property of the vCard. */
    PROPERTY,
    /** {@code BEGIN:VCARD}. */
    BEGIN,
    /** {@code END:VCARD}. */
    END,
    /** Neither a property nor blank, or a property beyond all bounds. */
    BROKEN,
    /** Blank, outside of the vCard, or of a vCard inside of it. */
    OTHER
  }

  static SourceLine of(String raw, Kind kind) {
    return new SourceLine(raw, kind, Optional.empty());
  }
}
