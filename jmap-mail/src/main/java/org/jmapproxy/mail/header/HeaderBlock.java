package org.jmapproxy.mail.header;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message, over the octets it arrived in. Field positions are found in one pass
 * when first needed; a value becomes text when it is asked for. Lines that are no field are passed
 * over. Immutable and safe for use by several threads, given that nobody changes the array.
 */
public final class HeaderBlock {
  private final byte[] octets;
  // Several threads may each build an index; they are equal and safely published by final fields.
  private @Nullable FieldIndex index;

  private HeaderBlock(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Wraps a header, or a whole message: everything after the first empty line is ignored.
   *
   * @param octets lines ended by CRLF or LF; not copied, so the caller must not change it later
   */
  public static HeaderBlock of(byte[] octets) {
    return new HeaderBlock(octets);
  }

  /** All fields in the order of the message; of a hostile header the first 20,000. */
  public List<HeaderField> fields() {
    FieldIndex fields = index();
    List<HeaderField> all = new ArrayList<>(fields.count());
    for (int i = 0; i < fields.count(); i++) {
      all.add(fields.field(i));
    }
    return List.copyOf(all);
  }

  /**
   * The last field of a name, which is the one that counts (RFC 8621 section 4.1.3).
   *
   * @param name matched without regard to case
   */
  public Optional<HeaderField> last(String name) {
    FieldIndex fields = index();
    for (int i = fields.count() - 1; i >= 0; i--) {
      if (fields.isNamed(i, name)) {
        return Optional.of(fields.field(i));
      }
    }
    return Optional.empty();
  }

  /**
   * All fields of a name in the order of the message.
   *
   * @param name matched without regard to case
   */
  public List<HeaderField> all(String name) {
    FieldIndex fields = index();
    List<HeaderField> found = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      if (fields.isNamed(i, name)) {
        found.add(fields.field(i));
      }
    }
    return List.copyOf(found);
  }

  /** The last field of the name in Text form; empty if there is no such field. */
  public Optional<String> text(String name) {
    return last(name).map(field -> TextForm.of(field.parseable()));
  }

  /** The last field of the name in Addresses form; empty if there is no such field. */
  public Optional<List<EmailAddress>> addresses(String name) {
    return last(name).map(field -> AddressesForm.of(field.parseable()));
  }

  /** The last field of the name in MessageIds form; empty if there is none or it is malformed. */
  public Optional<List<String>> messageIds(String name) {
    return last(name).flatMap(field -> MessageIdsForm.of(field.parseable()));
  }

  /** The last field of the name in Date form; empty if there is none or it is malformed. */
  public Optional<OffsetDateTime> date(String name) {
    return last(name).flatMap(field -> DateForm.of(field.parseable()));
  }

  private FieldIndex index() {
    FieldIndex found = index;
    if (found == null) {
      found = FieldIndex.of(octets);
      index = found;
    }
    return found;
  }
}
