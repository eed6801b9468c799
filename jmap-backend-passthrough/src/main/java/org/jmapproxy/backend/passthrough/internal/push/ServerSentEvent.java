package org.jmapproxy.backend.passthrough.internal.push;

/**
 * An event of a stream (HTML Living Standard, server-sent events).
 *
 * @param name its type; {@code message} if none was given
 * @param data its lines
 */
record ServerSentEvent(String name, String data) {}
