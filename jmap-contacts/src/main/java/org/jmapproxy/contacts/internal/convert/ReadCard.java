package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vCard as a Card.
 *
 * @param card the Card
 * @param slots for each property line the slots that it went to
 */
record ReadCard(ObjectNode card, List<List<String>> slots) {}
