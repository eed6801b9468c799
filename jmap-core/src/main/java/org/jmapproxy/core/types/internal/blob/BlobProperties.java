package org.jmapproxy.core.types.internal.blob;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;

/** The properties that a Blob/get asks for (RFC 9404 section 4.2). */
record BlobProperties(Set<String> names) {

  static final String DATA = "data";
  static final String AS_TEXT = "data:asText";
  static final String AS_BASE64 = "data:asBase64";
  static final String SIZE = "size";

  private static final Set<String> PLAIN = Set.of("id", DATA, AS_TEXT, AS_BASE64, SIZE);

  static BlobProperties requested(Optional<List<String>> properties) {
    Set<String> names = new LinkedHashSet<>(properties.orElse(List.of(DATA, SIZE)));
    for (String name : names) {
      if (!PLAIN.contains(name) && !Digest.isProperty(name)) {
        throw new MethodException(
            MethodError.invalidArgument("properties", name + " is not a property of Blob/get"));
      }
    }
    return new BlobProperties(names);
  }

  boolean wantSize() {
    return names.contains(SIZE);
  }

  /** Whether the octets themselves go into the response. */
  boolean wantData() {
    return wantText() || names.contains(AS_BASE64);
  }

  boolean wantText() {
    return names.contains(DATA) || names.contains(AS_TEXT);
  }

  boolean wantContent() {
    return wantData() || !digests().isEmpty();
  }

  List<String> digests() {
    return names.stream().filter(Digest::isProperty).toList();
  }
}
