package org.jmapproxy.core.internal.json;

/**
 * How much JSON is accepted. The bounds lie far above what clients need and keep a hostile document
 * from costing much more memory than its own size.
 *
 * @param maxSize octets in the document
 * @param maxDepth arrays and objects inside each other
 * @param maxTokens values, names and brackets
 * @param maxNameLength characters in a member's name
 * @param maxNumberLength characters in a number
 */
public record JsonBounds(
    int maxSize, int maxDepth, int maxTokens, int maxNameLength, int maxNumberLength) {

  /** The bounds of a request of at most so many octets. */
  public static JsonBounds forRequests(int maxSize) {
    return new JsonBounds(maxSize, 64, 1_000_000, 10_000, 128);
  }
}
