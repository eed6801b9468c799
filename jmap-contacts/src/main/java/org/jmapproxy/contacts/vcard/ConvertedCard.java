package org.jmapproxy.contacts.vcard;

import tools.jackson.databind.node.ObjectNode;

/**
 * A vCard as a Card.
 *
 * @param card the receiver owns it
 * @param brokenLines how many lines could not be understood as properties; they are not in the Card
 */
public record ConvertedCard(ObjectNode card, int brokenLines) {}
