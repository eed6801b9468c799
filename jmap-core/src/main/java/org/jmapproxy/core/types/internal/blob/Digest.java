package org.jmapproxy.core.types.internal.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The digests that Blob/get calculates, under their lower-case names (RFC 9404 section 3.1). */
public final class Digest {

  /** The names, best first. */
  public static final List<String> NAMES = List.of("sha-256", "sha-512", "sha");

  private static final String PREFIX = "digest:";
  private static final Map<String, String> OF_JAVA =
      Map.of("sha-256", "SHA-256", "sha-512", "SHA-512", "sha", "SHA-1");

  private Digest() {}

  /** Whether a property of Blob/get is a digest that is offered. */
  static boolean isProperty(String property) {
    return algorithm(property).isPresent();
  }

  /** A new calculation of the digest that a property names. */
  static MessageDigest of(String property) {
    try {
      return MessageDigest.getInstance(algorithm(property).orElseThrow());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has the SHA family", e);
    }
  }

  private static Optional<String> algorithm(String property) {
    return property.startsWith(PREFIX)
        ? Optional.ofNullable(OF_JAVA.get(property.substring(PREFIX.length())))
        : Optional.empty();
  }
}
