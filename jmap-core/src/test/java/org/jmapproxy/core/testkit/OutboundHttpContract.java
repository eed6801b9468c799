package org.jmapproxy.core.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundHttpException.Reason;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.OutboundStreamException;
import org.jmapproxy.core.http.RequestContent;
import org.jmapproxy.core.http.ResponseBounds;
import org.junit.jupiter.api.Test;

/** What every {@link OutboundHttp} does. */
public interface OutboundHttpContract {

  /** A new client; closed by the test. */
  OutboundHttp client(AddressPolicy addresses);

  /** The method, address, fields and content arrive, and so does the response. */
  @Test
  default void aRequestAndItsResponseArriveWhole() throws IOException {
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange -> {
                  String seen =
                      exchange.getRequestMethod()
                          + " "
                          + exchange.getRequestURI()
                          + " "
                          + exchange.getRequestHeaders().getFirst("Depth")
                          + " "
                          + exchange.getRequestHeaders().getFirst("Content-Length")
                          + " "
                          + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                  exchange.getResponseHeaders().add("X-Twice", "one");
                  exchange.getResponseHeaders().add("X-Twice", "two");
                  answer(exchange, 207, seen);
                });
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response =
            client.send(
                endpoint
                    .request("PROPFIND", "/a%20b?c=d", bounds(1000))
                    .header("Depth", "1")
                    .content(RequestContent.of("content".getBytes(UTF_8))))) {
      assertThat(response.status()).isEqualTo(207);
      assertThat(response.isSuccess()).isTrue();
      assertThat(response.headers().all("x-twice")).containsExactly("one", "two");
      assertThat(text(response)).isEqualTo("PROPFIND /a%20b?c=d 1 7 content");
    }
  }

  /** Content of unknown size is sent in chunks. */
  @Test
  default void contentIsStreamed() throws IOException {
    byte[] large = new byte[300_000];
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange ->
                    answer(
                        exchange,
                        200,
                        exchange.getRequestHeaders().getFirst("Transfer-Encoding")
                            + exchange.getRequestBody().readAllBytes().length));
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response =
            client.send(
                endpoint
                    .request("POST", "/", bounds(1000))
                    .content(RequestContent.streamed(() -> new ByteArrayInputStream(large))))) {
      assertThat(text(response)).isEqualToIgnoringCase("chunked300000");
    }
  }

  /** A redirect is an answer. */
  @Test
  default void redirectsAreNotFollowed() throws IOException {
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange -> {
                  exchange.getResponseHeaders().add("Location", "/elsewhere");
                  answer(exchange, 302, "");
                });
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response = client.send(endpoint.request("GET", "/", bounds(1000)))) {
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.isSuccess()).isFalse();
      assertThat(response.headers().first("location")).contains("/elsewhere");
    }
  }

  /** Also when the size is not announced. */
  @Test
  default void moreThanTheBoundIsRefused() throws IOException {
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write(new byte[1001]);
                  exchange.close();
                });
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response = client.send(endpoint.request("GET", "/", bounds(1000)))) {
      assertThat(reasonOf(response::readAll)).isEqualTo(Reason.TOO_LARGE);
    }
  }

  /** Exactly as much as the bound is not too much. */
  @Test
  default void asMuchAsTheBoundIsRead() throws IOException {
    try (HttpEndpoint endpoint =
            new HttpEndpoint(exchange -> answer(exchange, 200, "x".repeat(1000)));
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response = client.send(endpoint.request("GET", "/", bounds(1000)))) {
      assertThat(response.readAll()).hasSize(1000);
    }
  }

  /** A server that does not answer holds nobody. */
  @Test
  default void aServerThatDoesNotAnswerTimesOut() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (HttpEndpoint endpoint = new HttpEndpoint(exchange -> await(end));
        OutboundHttp client = client(AddressPolicy.anywhere())) {
      Duration half = Duration.ofMillis(300);
      ResponseBounds short_ = new ResponseBounds(half, half, Optional.of(half), 10);
      OutboundRequest request = endpoint.request("GET", "/", short_);
      assertThat(reasonOf(() -> client.send(request))).isEqualTo(Reason.TIMED_OUT);
      end.countDown();
    }
  }

  /** A server that stops in the middle of its content holds nobody. */
  @Test
  default void contentThatStopsTimesOut() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write('a');
                  exchange.getResponseBody().flush();
                  await(end);
                });
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response =
            client.send(
                endpoint.request(
                    "GET",
                    "/",
                    new ResponseBounds(
                        Duration.ofSeconds(10), Duration.ofMillis(300), Optional.empty(), 10)))) {
      assertThat(response.content().read()).isEqualTo('a');
      assertThat(reasonOf(response::readAll)).isEqualTo(Reason.TIMED_OUT);
      end.countDown();
    }
  }

  /** Drops that come in time each, but never end. */
  @Test
  default void contentThatDripsTimesOut() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  while (!end.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write('a');
                    exchange.getResponseBody().flush();
                  }
                });
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response =
            client.send(
                endpoint.request(
                    "GET",
                    "/",
                    new ResponseBounds(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Optional.of(Duration.ofMillis(600)),
                        1_000_000)))) {
      assertThat(reasonOf(response::readAll)).isEqualTo(Reason.TIMED_OUT);
      end.countDown();
    }
  }

  /** What was cut off is never taken for the whole. */
  @Test
  default void aLostConnectionIsNotTheEnd() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        OutboundHttp client = client(AddressPolicy.anywhere())) {
      CompletableFuture<Void> server =
          CompletableFuture.runAsync(
              () -> {
                try (var connection = socket.accept()) {
                  connection.getInputStream().read(new byte[4096]);
                  connection
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(UTF_8));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
      try (OutboundResponse response = client.send(OutboundRequest.of("POST", uri, bounds(100)))) {
        assertThat(reasonOf(response::readAll)).isEqualTo(Reason.BROKEN);
      }
      server.join();
    }
  }

  /** A port on which nobody listens. */
  @Test
  default void nobodyThereIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (OutboundHttp client = client(AddressPolicy.anywhere())) {
      OutboundRequest request =
          OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + port + "/"), bounds(100));
      assertThat(reasonOf(() -> client.send(request))).isEqualTo(Reason.UNREACHABLE);
    }
  }

  /** RFC 6761 section 6.4: such names never exist. */
  @Test
  default void aNameWithoutAddressIsUnknown() {
    try (OutboundHttp client = client(AddressPolicy.anywhere())) {
      OutboundRequest request =
          OutboundRequest.of("GET", URI.create("http://nobody.invalid/"), bounds(100));
      assertThat(reasonOf(() -> client.send(request))).isEqualTo(Reason.UNKNOWN_HOST);
    }
  }

  /** In whichever way the address is written, and without a connection being made. */
  @Test
  default void forbiddenAddressesAreNotConnectedTo() throws IOException {
    try (HttpEndpoint endpoint = new HttpEndpoint(exchange -> answer(exchange, 200, "reached"));
        OutboundHttp client = client(AddressPolicy.publicInternet())) {
      int port = endpoint.port();
      for (String host :
          new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"}) {
        OutboundRequest request =
            OutboundRequest.of("GET", URI.create("http://" + host + ":" + port + "/"), bounds(100));
        assertThat(reasonOf(() -> client.send(request))).as(host).isEqualTo(Reason.FORBIDDEN);
      }
    }
  }

  /** Closing a response ends a read that waits for it. */
  @Test
  default void closingAResponseEndsItsReader() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    try (HttpEndpoint endpoint =
            new HttpEndpoint(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write('a');
                  exchange.getResponseBody().flush();
                  await(end);
                });
        OutboundHttp client = client(AddressPolicy.anywhere());
        OutboundResponse response = client.send(endpoint.request("GET", "/", bounds(100)))) {
      InputStream content = response.content();
      Runnable closing = response::close;
      CompletableFuture<Integer> read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  content.read();
                  reading.countDown();
                  return content.read();
                } catch (IOException e) {
                  return -2;
                }
              });
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
      closing.run();
      assertThat(read.get(5, TimeUnit.SECONDS)).isNegative();
      end.countDown();
    }
  }

  /** Closing the client ends what waits for an answer. */
  @Test
  default void closingTheClientEndsWhatIsUnderWay() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    try (HttpEndpoint endpoint =
        new HttpEndpoint(
            exchange -> {
              asked.countDown();
              await(end);
            })) {
      OutboundHttp client = client(AddressPolicy.anywhere());
      OutboundRequest request = endpoint.request("GET", "/", bounds(100));
      CompletableFuture<Reason> waiting =
          CompletableFuture.supplyAsync(() -> reasonOf(() -> client.send(request)));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo(Reason.ENDED);
      assertThat(reasonOf(() -> client.send(request))).isEqualTo(Reason.ENDED);
      end.countDown();
    }
  }

  private static ResponseBounds bounds(long octets) {
    return ResponseBounds.ofOctets(octets);
  }

  private static String text(OutboundResponse response) {
    return new String(response.readAll(), UTF_8);
  }

  private static Reason reasonOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
    OutboundHttpException thrown = catchThrowableOfType(OutboundHttpException.class, what);
    assertThat(thrown).isNotNull();
    if (thrown.getCause() instanceof OutboundStreamException stream) {
      assertThat(stream.reason()).isEqualTo(thrown.reason());
    }
    return thrown.reason();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] octets = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    latch.await(30, TimeUnit.SECONDS);
  }
}
