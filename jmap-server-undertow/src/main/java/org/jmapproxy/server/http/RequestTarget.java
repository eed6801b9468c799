package org.jmapproxy.server.http;

import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request asks for: the path's segments and the query's parameters, each decoded exactly
 * once. A trailing slash makes no difference.
 *
 * @param segments the decoded segments; an encoded slash stays inside its segment
 * @param parameters the first value of each parameter
 */
public record RequestTarget(List<String> segments, Map<String, String> parameters) {

  /** Copies both. */
  public RequestTarget {
    segments = List.copyOf(segments);
    parameters = Map.copyOf(parameters);
  }

  /** The target of a request; empty if it is not properly encoded. */
  public static Optional<RequestTarget> of(HttpServerExchange exchange) {
    try {
      List<String> segments = new ArrayList<>();
      for (String segment : exchange.getRequestPath().split("/", -1)) {
        segments.add(decode(segment, false));
      }
      segments.remove(0);
      if (segments.size() > 1 && segments.get(segments.size() - 1).isEmpty()) {
        segments.remove(segments.size() - 1);
      }
      return Optional.of(new RequestTarget(segments, parameters(exchange.getQueryString())));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The path begins with this segment. */
  public boolean isUnder(String first) {
    return !segments.isEmpty() && segments.get(0).equals(first);
  }

  /** The path consists of exactly these segments. */
  public boolean is(String... path) {
    return segments.equals(List.of(path));
  }

  /** A parameter of the query. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  private static Map<String, String> parameters(String query) throws CharacterCodingException {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.putIfAbsent(decode(name, true), decode(value, true));
    }
    return parameters;
  }

  /** Percent-decoding (RFC 3986); in a query {@code +} is a space. */
  private static String decode(String text, boolean plusIsSpace) throws CharacterCodingException {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        decoded.put((byte) (hex(raw, i + 1) * 16 + hex(raw, i + 2)));
        i += 2;
      } else {
        decoded.put(plusIsSpace && raw[i] == '+' ? (byte) ' ' : raw[i]);
      }
    }
    return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
  }

  private static int hex(byte[] raw, int at) {
    int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("not percent-encoded");
    }
    return digit;
  }
}
