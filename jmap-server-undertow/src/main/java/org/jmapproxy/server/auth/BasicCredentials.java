package org.jmapproxy.server.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * User name and password of an {@code Authorization: Basic} header (RFC 7617). The password may
 * contain colons; neither part is empty.
 */
record BasicCredentials(String user, String password) {

  private static final String SCHEME = "Basic ";
  private static final int LONGEST_HEADER = 4096;

  static Optional<BasicCredentials> parse(String header) {
    if (header.length() > LONGEST_HEADER
        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = pair.indexOf(':');
      return colon > 0 && colon < pair.length() - 1
          ? Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)))
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "BasicCredentials[" + user + "]";
  }
}
