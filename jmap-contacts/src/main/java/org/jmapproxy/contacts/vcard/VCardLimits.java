package org.jmapproxy.contacts.vcard;

/**
 * How much of a vCard is read.
 *
 * @param maxCharacters of the whole text
 * @param maxLines property lines
 * @param maxParameters values of parameters on one line; a line with more counts as broken
 */
public record VCardLimits(int maxCharacters, int maxLines, int maxParameters) {

  private static final VCardLimits STANDARD = new VCardLimits(16 * 1024 * 1024, 10_000, 200);

  /** 16 Mi characters, 10,000 lines, 200 parameter values on one line. */
  public static VCardLimits standard() {
    return STANDARD;
  }
}
