package org.jmapproxy.examples.embed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.Answer;
import org.jmapproxy.mail.MailModule;

/** The application: an HTTP server of its own, and JMAP on two of its paths. */
final class HelpDesk implements AutoCloseable {

  private final HttpServer http;
  private final ExecutorService workers = Executors.newFixedThreadPool(4);

  private HelpDesk(HttpServer http) {
    this.http = http;
  }

  /** Starts on a port; 0 lets the system choose. */
  static HelpDesk start(int port, List<Ticket> tickets) throws IOException {
    JmapServer jmap =
        JmapServer.builder()
            .module(new MailModule())
            .accounts(user -> List.of(new TicketMail(() -> tickets).account()))
            .build();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HelpDesk helpDesk = new HelpDesk(HttpServer.create(address, 0));
    SessionUrls urls = SessionUrls.below("http://localhost:" + helpDesk.port());
    Principal anybody = Principal.of("desk");
    helpDesk.http.setExecutor(helpDesk.workers);
    helpDesk.http.createContext(
        "/.well-known/jmap", exchange -> send(exchange, jmap.session(anybody, urls)));
    helpDesk.http.createContext(
        "/jmap", exchange -> send(exchange, jmap.handle(anybody, body(exchange, jmap))));
    helpDesk.http.start();
    return helpDesk;
  }

  int port() {
    return http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
    workers.shutdown();
  }

  private static byte[] body(HttpExchange exchange, JmapServer jmap) throws IOException {
    return exchange.getRequestBody().readNBytes(jmap.limits().maxSizeRequest() + 1);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), answer.body().length);
    try (var out = exchange.getResponseBody()) {
      out.write(answer.body());
    }
  }

  /** Starts with three tickets and goes on until the process is ended. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9100;
    Instant now = Instant.now();
    HelpDesk helpDesk =
        start(
            port,
            List.of(
                new Ticket(
                    1, "Mira <mira@example.com>", "Bell is silent", "It was fine.", now, false),
                new Ticket(
                    2,
                    "Otto <otto@example.net>",
                    "Wrong size",
                    "Too large.",
                    now.minusSeconds(60),
                    false),
                new Ticket(
                    3,
                    "Ana <ana@example.org>",
                    "Thank you",
                    "All good.",
                    now.minusSeconds(90),
                    true)));
    System.out.println("http://localhost:" + helpDesk.port() + "/.well-known/jmap");
  }
}
