package org.jmapproxy.backend.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** How changes at an upstream are heard of. */
class UpstreamEventsTest {

  @TempDir Path directory;
  private final List<StateChange> heard = new CopyOnWriteArrayList<>();
  private final BlockingQueue<OutputStream> streams = new LinkedBlockingQueue<>();
  private volatile String emailState = "e1";
  private ScriptedUpstream upstream;
  private TestProxy proxy;

  @BeforeEach
  void start() {
    upstream = new ScriptedUpstream();
    upstream.answers(
        call ->
            new Invocation(
                call.name(),
                (ObjectNode)
                    TestProxy.json("{'accountId': 'u', 'list': [], 'state': '" + emailState + "'}"),
                call.callId()));
    proxy = new TestProxy(directory, upstream.at("/session"), Map.of()).ready();
  }

  @AfterEach
  void stop() {
    proxy.close();
    upstream.close();
  }

  @Test
  void eventsOfOurAccountAreHeardAndOthersNot() throws Exception {
    upstream.on("/events", this::open);
    try (Subscription watching = listen()) {
      OutputStream stream = streams.take();
      say(stream, "event: ping\ndata: {\"interval\": 30}\n\n");
      say(
          stream,
          "event: state\r\n"
              + "id: 7\r\n"
              + "data: {\"changed\": {\"other\": {\"Email\": \"x\"},\r\n"
              + "data:\"u\":{\"Email\":\"e9\"}}}\r\n\r\n");

      Eventually.holds(() -> heard.size() == 1);
      assertThat(heard.get(0))
          .isEqualTo(new StateChange(TestProxy.ACCOUNT, Map.of("Email", State.of("e9"))));
      assertThat(watching).isNotNull();
    }
  }

  @Test
  void aStreamThatEndsIsOpenedAgainWhereItEnded() throws Exception {
    upstream.on("/events", this::open);
    try (Subscription watching = listen()) {
      OutputStream first = streams.take();
      say(
          first,
          "retry: 100\n"
              + "event: state\n"
              + "id: seven\n"
              + "data: {\"changed\":{\"u\":{\"Email\":\"e2\"}}}\n\n");
      Eventually.holds(() -> heard.size() == 1);
      first.close();
      OutputStream second = streams.take();
      say(second, "event: state\ndata: {\"changed\":{\"u\":{\"Email\":\"e3\"}}}\n\n");

      Eventually.holds(() -> heard.size() >= 2);
      assertThat(upstream.seen("/events").get(1).headers()).containsEntry("Last-event-id", "seven");
      assertThat(watching).isNotNull();
    }
  }

  @Test
  void anUpstreamWithoutEventsIsLookedAtFromTimeToTime() {
    upstream.on("/events", exchange -> ScriptedUpstream.text(exchange, 204, "text/plain", ""));
    try (Subscription watching = listen()) {
      assertThat(signals().current()).containsEntry("Email", State.of("e1"));
      emailState = "e2";

      Eventually.holds(() -> !heard.isEmpty());
      assertThat(heard.get(0).states()).containsEntry("Email", State.of("e2"));
      assertThat(watching).isNotNull();
    }
  }

  @Test
  void nobodyIsAskedWhenNobodyListens() {
    upstream.on("/events", exchange -> ScriptedUpstream.text(exchange, 204, "text/plain", ""));
    Subscription watching = listen();
    Eventually.holds(() -> upstream.seen("/api").size() >= 2);
    watching.close();
    watching.close();
    int asked = upstream.seen("/api").size();

    proxy.calls("[['Far/get', {'accountId': 'ann'}, '1']]");

    assertThat(upstream.seen("/api").size()).isBetween(asked + 1, asked + 2);
  }

  @Test
  void whatIsWrittenThroughUsIsToldAtOnce() {
    upstream.on("/events", exchange -> ScriptedUpstream.text(exchange, 204, "text/plain", ""));
    try (Subscription watching = listen()) {
      signals().current();
      upstream.answers(
          call ->
              new Invocation(
                  call.name(),
                  (ObjectNode)
                      TestProxy.json("{'accountId': 'u', 'oldState': 'e1', 'newState': 'e5'}"),
                  call.callId()));

      proxy.calls("[['Email/set', {'accountId': 'ann'}, '1']]");

      assertThat(heard).anyMatch(change -> State.of("e5").equals(change.states().get("Email")));
      assertThat(watching).isNotNull();
    }
  }

  @Test
  void endlessLinesEndAStreamAndNotUs() throws Exception {
    upstream.on("/events", this::open);
    try (Subscription watching = listen()) {
      OutputStream stream = streams.take();
      try {
        for (int i = 0; i < 40; i++) {
          say(stream, "x".repeat(65_536));
        }
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
      OutputStream again = streams.take();
      say(again, "event: state\ndata: {\"changed\":{\"u\":{\"Email\":\"e4\"}}}\n\n");

      Eventually.holds(() -> !heard.isEmpty());
      assertThat(watching).isNotNull();
    }
  }

  private Subscription listen() {
    return signals().subscribe(heard::add);
  }

  private ChangeSignals signals() {
    return proxy.account.roles().find(ChangeSignals.ROLE).orElseThrow();
  }

  private void open(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    streams.add(exchange.getResponseBody());
  }

  private static void say(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }
}
