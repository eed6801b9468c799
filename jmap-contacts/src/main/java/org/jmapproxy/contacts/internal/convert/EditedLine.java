package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Parameters;

/**
 * A line between two versions of a card: what the change does not concern stays as it was written.
 */
final class EditedLine {

  /** They belong to the value. */
  private static final Set<String> FORM = Set.of("VALUE", "ENCODING", "CHARSET");

  private final ContentLine original;
  private final ContentLine before;
  private final ContentLine after;
  private final boolean sameValue;

  private EditedLine(ContentLine original, ContentLine before, ContentLine after) {
    this.original = original;
    this.before = before;
    this.after = after;
    sameValue = before.value().equals(after.value());
  }

  /**
   * The edited line.
   *
   * @param original as it was found
   * @param before as it would be written for the card that was made of it
   * @param after as it would be written for the changed card
   */
  static ContentLine of(ContentLine original, ContentLine before, ContentLine after) {
    return new EditedLine(original, before, after).line();
  }

  private ContentLine line() {
    Optional<String> group =
        before.group().equals(after.group()) ? original.group() : after.group();
    return new ContentLine(
        group, after.name(), parameters(), sameValue ? original.value() : after.value());
  }

  private Parameters parameters() {
    boolean quotedPrintable = original.parameters().has("ENCODING", "QUOTED-PRINTABLE");
    Parameters edited = Parameters.none();
    for (String name : original.parameters().names()) {
      boolean decoded = quotedPrintable && (name.equals("ENCODING") || name.equals("CHARSET"));
      List<String> values = decoded ? List.of() : values(name);
      if (!values.isEmpty()) {
        edited = edited.and(name, values);
      }
    }
    for (String name : after.parameters().names()) {
      boolean known = original.parameters().names().contains(name);
      List<String> values = after.parameters().all(name);
      boolean isNew = name.equals("PROP-ID") || !values.equals(before.parameters().all(name));
      if (!known && (isNew || (FORM.contains(name) && !sameValue))) {
        edited = edited.and(name, values);
      }
    }
    return edited;
  }

  /** The values of a parameter that the original has. */
  private List<String> values(String name) {
    List<String> values = after.parameters().all(name);
    if (FORM.contains(name)) {
      return sameValue ? original.parameters().all(name) : values;
    }
    return name.equals("PROP-ID") || values.equals(before.parameters().all(name))
        ? original.parameters().all(name)
        : values;
  }
}
