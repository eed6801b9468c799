package org.jmapproxy.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event source over a real socket (RFC 8620 section 7.3). */
class EventSourceTest {

  private RunningProxy proxy;

  @BeforeEach
  void start(@TempDir Path data) {
    proxy = RunningProxy.in(data);
    proxy.addAccount("alice", "secret");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void aChangeReachesTheClientAtOnce() throws IOException {
    try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
      assertThat(client.head())
          .startsWith("HTTP/1.1 200")
          .contains("Content-Type: text/event-stream");
      publish("Email", "7");
      assertThat(client.until("data:")).contains("\"alice\"").contains("\"Email\":\"7\"");
    }
  }

  @Test
  void closeAfterStateEndsTheStream() throws IOException {
    try (Client client = open("/eventsource?types=*&closeafter=state&ping=0")) {
      client.head();
      publish("Email", "8");
      assertThat(client.rest()).contains("StateChange");
    }
    await(() -> openStreams() == 0);
  }

  @Test
  void onlyAskedTypesAreTold() throws IOException {
    try (Client client = open("/eventsource?types=Mailbox&closeafter=state&ping=0")) {
      client.head();
      publish("Email", "9");
      publish("Mailbox", "10");
      assertThat(client.rest()).contains("\"Mailbox\":\"10\"").doesNotContain("Email");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?ping=x", "?ping=-1", "?closeafter=maybe"})
  void senselessParametersAre400(String query) throws IOException {
    try (Client client = open("/eventsource" + query)) {
      assertThat(client.head()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void anOpenStreamKeepsTheAccountAwakeAndCostsNoWorker() throws IOException {
    int streams = 40;
    Client[] clients = new Client[streams];
    for (int i = 0; i < streams; i++) {
      clients[i] = open("/eventsource?types=*&closeafter=no&ping=0");
      clients[i].head();
    }
    assertThat(openStreams()).isEqualTo(streams);
    long workers =
        Thread.getAllStackTraces().values().stream()
            .filter(
                stack ->
                    java.util.Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().contains("EventConnection")))
            .count();
    assertThat(workers).isZero();
    publish("Email", "11");
    for (Client client : clients) {
      assertThat(client.until("data:")).contains("\"Email\":\"11\"");
      client.close();
    }
  }

  @Test
  void aClientThatDoesNotReadIsDropped() throws IOException {
    try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
      client.head();
      for (int round = 0; round < 100 && openStreams() > 0; round++) {
        for (int i = 0; i < 500; i++) {
          publish("x".repeat(1000), round + "-" + i);
        }
      }
      await(() -> openStreams() == 0);
    }
  }

  /** Without pings and changes nothing is written in which the end would show. */
  @Test
  void aClientThatGoesAwayIsNoticedAtOnceAndItsAccountMaySleep() throws IOException {
    int kept = uses();
    for (int i = 0; i < 3; i++) {
      try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
        client.head();
        assertThat(openStreams()).isEqualTo(1);
        assertThat(uses()).isEqualTo(kept + 1);
      }
      await(() -> openStreams() == 0);
      await(() -> uses() == kept);
    }
  }

  @Test
  void aClientThatTalksOnKeepsItsStream() throws IOException {
    try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
      client.head();
      for (int i = 0; i < 100; i++) {
        client.say("GET /session HTTP/1.1\r\nX: " + "x".repeat(1000) + "\r\n\r\n");
      }
      publish("Email", "12");
      assertThat(client.until("data:")).contains("\"Email\":\"12\"");
      assertThat(openStreams()).isEqualTo(1);
    }
  }

  @Test
  void manyStreamsThatAreOpenedAtOnceStayWithinTheLimit() throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      clients.add(open("/eventsource?types=*&closeafter=no&ping=0"));
    }
    int accepted = 0;
    for (Client client : clients) {
      accepted += client.head().startsWith("HTTP/1.1 200") ? 1 : 0;
    }
    assertThat(accepted).isEqualTo(100);
    assertThat(openStreams()).isEqualTo(100);
    for (Client client : clients) {
      client.close();
    }
    await(() -> openStreams() == 0);
    try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
      assertThat(client.head()).startsWith("HTTP/1.1 200");
    }
  }

  /** How many leases are held. */
  private int uses() {
    return (int)
        (proxy.backend.log.stream().filter(line -> line.equals("lease alice")).count()
            - proxy.backend.log.stream().filter(line -> line.equals("release alice")).count());
  }

  @Test
  void deletingTheAccountEndsItsStreams() throws IOException {
    try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
      client.head();
      proxy.manage("DELETE", "/api/accounts/alice", "");
      client.rest();
    }
    await(() -> openStreams() == 0);
  }

  @Test
  void stoppingTheServerEndsStreams() throws IOException {
    try (Client client = open("/eventsource?types=*&closeafter=no&ping=0")) {
      client.head();
      proxy.close();
      client.rest();
    }
  }

  private void publish(String type, String state) {
    proxy.backend.changes.publish(new StateChange(Id.of("alice"), Map.of(type, new State(state))));
  }

  private long openStreams() {
    return proxy
        .manage("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith("jmap_sse_connections_active "))
        .map(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private Client open(String path) throws IOException {
    return new Client(proxy.server().jmapPort(), path);
  }

  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;

    Client(int port, String path) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
              + basic("alice", "secret")
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    String head() throws IOException {
      return until("");
    }

    /** All lines up to one that begins so; for nothing, up to an empty one. */
    String until(String start) throws IOException {
      StringBuilder text = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
        if (start.isEmpty() ? line.isEmpty() : line.startsWith(start)) {
          break;
        }
      }
      return text.toString();
    }

    String rest() throws IOException {
      StringBuilder text = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
      }
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
