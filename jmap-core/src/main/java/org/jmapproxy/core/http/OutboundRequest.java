package org.jmapproxy.core.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request to a server elsewhere. Immutable; the {@code with}-like methods return changed copies.
 * {@link #toString()} shows neither path nor query nor values of header fields: they may be
 * secrets.
 *
 * @param method the method, in upper case where it is a standard one
 * @param uri an absolute http or https address with a host; without user information and fragment
 * @param headers its header fields, without those that the client writes: Host, Content-Length,
 *     Transfer-Encoding, Connection, Expect and Upgrade
 * @param content its content, if any
 * @param bounds of its response
 */
public record OutboundRequest(
    String method,
    URI uri,
    HttpHeaders headers,
    Optional<RequestContent> content,
    ResponseBounds bounds) {

  private static final Set<String> WRITTEN_BY_CLIENT =
      Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the address or the method cannot be used, or a field is one
   *     that the client writes; the message does not repeat the address
   */
  public OutboundRequest {
    if (!method.matches("[A-Za-z-]{1,32}")) {
      throw new IllegalArgumentException("not a method of HTTP");
    }
    boolean web =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new IllegalArgumentException("not an absolute http or https address");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("an address with user information or fragment");
    }
    headers.forEach(
        (name, value) -> {
          if (WRITTEN_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " is written by the client");
          }
        });
  }

  /** A request without content and further header fields. */
  public static OutboundRequest of(String method, URI uri, ResponseBounds bounds) {
    return new OutboundRequest(method, uri, HttpHeaders.none(), Optional.empty(), bounds);
  }

  /**
   * With one more header field.
   *
   * @throws IllegalArgumentException as {@link HttpHeaders#with}, or if the client writes this
   *     field
   */
  public OutboundRequest header(String name, String value) {
    return new OutboundRequest(method, uri, headers.with(name, value), content, bounds);
  }

  /** With content. */
  public OutboundRequest content(RequestContent body) {
    return new OutboundRequest(method, uri, headers, Optional.of(body), bounds);
  }

  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getHost();
  }
}
