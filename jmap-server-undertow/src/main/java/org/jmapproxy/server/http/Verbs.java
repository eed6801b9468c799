package org.jmapproxy.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.stream.Collectors;

/** Which methods a resource knows. HEAD comes with GET; OPTIONS is answered by the ports. */
public final class Verbs {

  private Verbs() {}

  /** Whether the request's method is among these. */
  public static boolean allowed(HttpServerExchange exchange, HttpString... verbs) {
    return namesOf(verbs).contains(exchange.getRequestMethod());
  }

  /** Names the methods that would have been right. */
  public static void announce(HttpServerExchange exchange, HttpString... verbs) {
    String names =
        namesOf(verbs).stream().map(HttpString::toString).collect(Collectors.joining(", "));
    exchange.getResponseHeaders().put(Headers.ALLOW, names);
  }

  private static List<HttpString> namesOf(HttpString... verbs) {
    List<HttpString> names = new java.util.ArrayList<>(List.of(verbs));
    if (names.contains(Methods.GET)) {
      names.add(Methods.HEAD);
    }
    return names;
  }
}
