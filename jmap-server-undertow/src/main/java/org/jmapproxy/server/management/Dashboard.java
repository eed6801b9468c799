package org.jmapproxy.server.management;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.server.http.Reply;

/** The operator's page: three static files that use the API beside them. */
final class Dashboard {

  private static final HttpString POLICY = new HttpString("Content-Security-Policy");
  private static final HttpString FRAMES = new HttpString("X-Frame-Options");
  private static final String OWN_FILES_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Page(String path, String type, byte[] content) {}

  private final List<Page> pages =
      List.of(
          page("", "dashboard.html", "text/html; charset=utf-8"),
          page("dashboard.css", "dashboard.css", "text/css; charset=utf-8"),
          page("dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"));

  /** Whether there is a page of this name. */
  boolean has(String path) {
    return find(path).isPresent();
  }

  void handle(HttpServerExchange exchange, String path) {
    Page page = find(path).orElseThrow();
    exchange.getResponseHeaders().put(POLICY, OWN_FILES_ONLY).put(FRAMES, "DENY");
    Reply.send(exchange, 200, page.type(), page.content());
  }

  private Optional<Page> find(String path) {
    return pages.stream().filter(page -> page.path().equals(path)).findFirst();
  }

  private static Page page(String path, String resource, String type) {
    try (InputStream in = Dashboard.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The page " + resource + " is missing from the jar");
      }
      return new Page(path, type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
