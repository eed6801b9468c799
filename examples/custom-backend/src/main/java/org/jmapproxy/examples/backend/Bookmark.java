package org.jmapproxy.examples.backend;

import org.jmapproxy.core.id.Id;

/**
 * A bookmark.
 *
 * @param id the name of its file
 * @param title what people call it
 * @param url where it leads
 */
record Bookmark(Id id, String title, String url) {}
