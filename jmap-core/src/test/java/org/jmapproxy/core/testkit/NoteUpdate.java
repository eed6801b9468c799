package org.jmapproxy.core.testkit;

import tools.jackson.databind.node.ObjectNode;

/**
 * An update of a {@link Note}.
 *
 * @param before the old values of what it touches
 * @param after the new values, without what it removes
 */
public record NoteUpdate(ObjectNode before, ObjectNode after) {}
