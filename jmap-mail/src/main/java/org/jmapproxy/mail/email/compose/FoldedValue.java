package org.jmapproxy.mail.email.compose;

/**
 * Collects the words of a header value, and breaks the line in front of one that would be too much.
 */
final class FoldedValue {

  private static final int LINE = 76;

  private final StringBuilder value = new StringBuilder();
  private int column;
  private boolean empty = true;

  /**
   * Starts a value.
   *
   * @param column how much of the first line the name takes
   */
  FoldedValue(int column) {
    this.column = column;
  }

  /** Adds a word behind a space or a folded line break. */
  FoldedValue add(String word) {
    if (!empty && !word.isEmpty() && column + 1 + word.length() > LINE) {
      value.append("\r\n");
      column = 0;
    }
    value.append(' ').append(word);
    column += 1 + word.length();
    empty = false;
    return this;
  }

  /** The value from the octet behind the colon, without the last line break. */
  @Override
  public String toString() {
    return value.toString();
  }
}
