package org.jmapproxy.contacts.vcard;

import org.jmapproxy.contacts.internal.convert.VCardText;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts between vCards and JSContact Cards of version 2.0, by the rules of RFC 9555. Reads
 * vCards of the versions 4.0, 3.0 and 2.1 with their extensions and with the habits and mistakes of
 * common applications; what has no place in JSContact is kept in {@code vCardProps}, {@code
 * vCardParams} and {@code vCardName}, what has none in vCard as JSPROP. Immutable, thread-safe.
 */
public final class CardConverter {

  private final VCardLimits limits;

  private CardConverter(VCardLimits limits) {
    this.limits = limits;
  }

  /** With the {@link VCardLimits#standard() standard} limits. */
  public static CardConverter standard() {
    return new CardConverter(VCardLimits.standard());
  }

  /** With other limits. */
  public static CardConverter of(VCardLimits limits) {
    return new CardConverter(limits);
  }

  /**
   * The Card for the first vCard of a text. A vCard without UID makes a Card without {@code uid}.
   * Keys of maps are those of PROP-ID, else they follow from the value.
   *
   * @throws InvalidVCardException when there is no vCard in the text, or it is beyond the limits
   */
  public ObjectNode toCard(String vCard) {
    return convert(vCard).card();
  }

  /**
   * The Card for the first vCard of a text, and how much of it was not understood.
   *
   * @throws InvalidVCardException when there is no vCard in the text, or it is beyond the limits
   */
  public ConvertedCard convert(String vCard) {
    VCardText text = VCardText.of(vCard, limits);
    return new ConvertedCard(text.card(), text.brokenLines());
  }

  /**
   * A new vCard for a Card, in the version that the Card was read from, else 4.0. Any JSON object
   * is written, and {@link #toCard} gives it back but for what goes without saying, such as
   * defaults. Media must be URIs, see {@link CardMedia}.
   */
  public String toVCard(ObjectNode card) {
    return toVCard(card, VCardText.versionOf(card));
  }

  /** A new vCard of a version. */
  public String toVCard(ObjectNode card, VCardVersion version) {
    return VCardText.write(card, version);
  }

  /**
   * The vCard with the changes that make it one for another Card. Lines that are not concerned keep
   * every octet, also those that could not be understood; of the others only what differs is
   * changed. The result is of the same version.
   *
   * @param vCard the original; of several vCards in it the first is edited
   * @param card what {@link #toCard} gave for the original, changed
   * @throws InvalidVCardException when there is no vCard in the text, or it is beyond the limits
   */
  public String edit(String vCard, ObjectNode card) {
    return VCardText.of(vCard, limits).edited(card, limits);
  }
}
