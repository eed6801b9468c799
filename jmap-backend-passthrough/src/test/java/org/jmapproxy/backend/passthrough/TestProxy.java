package org.jmapproxy.backend.passthrough;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with one account, {@code ann}, that lives on an upstream. */
final class TestProxy implements AutoCloseable {

  static final Principal ANN = Principal.of("ann");
  static final Id ACCOUNT = Id.of("ann");

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  final TestClock clock = new TestClock();
  final PassthroughBackend backend;
  final OpenAccount account;
  final JmapServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Time that passes by itself, and faster when a test says so. */
  static final class TestClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  TestProxy(Path directory, String sessionUrl, Map<String, String> settings) {
    this(directory, sessionUrl, settings, Credentials.password("ann", "secret"));
  }

  TestProxy(
      Path directory, String sessionUrl, Map<String, String> settings, Credentials credentials) {
    backend =
        PassthroughBackend.builder()
            .dataDirectory(directory)
            .http(OutboundHttp.jdk(threads, AddressPolicy.anywhere()))
            .networkExecutor(threads)
            .watcherThreads(Thread::new)
            .changeBus(new ChangeBus())
            .clock(clock)
            .pollInterval(Duration.ofMillis(200))
            .maxResponseSize(1 << 20)
            .build();
    account = backend.open(configuration(sessionUrl, settings, credentials));
    server =
        JmapServer.builder()
            .clock(clock)
            .accounts(principal -> List.of(Account.of(ACCOUNT, "ann", account.roles())))
            .build();
  }

  static AccountConfiguration configuration(
      String sessionUrl, Map<String, String> settings, Credentials credentials) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("sessionUrl", sessionUrl);
    return new AccountConfiguration(ACCOUNT, "ann@example.com", all, credentials);
  }

  /** With the session known, as after registration. */
  TestProxy ready() {
    account.awaitFirstData(Duration.ofSeconds(10));
    return this;
  }

  /** The whole answer to a request; text in single quotes. */
  JsonNode request(String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return MAPPER.readTree(server.handle(ANN, body).body());
  }

  /** The responses to calls that use everything. */
  JsonNode calls(String calls) {
    return request(
            "{'using': ['urn:ietf:params:jmap:core', 'urn:example:far',"
                + " 'urn:ietf:params:jmap:mail'], 'methodCalls': "
                + calls
                + "}")
        .path("methodResponses");
  }

  JsonNode session() {
    return MAPPER.readTree(server.session(ANN, SessionUrls.below("http://here")).body());
  }

  static JsonNode json(String text) {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  @Override
  public void close() {
    account.close();
    backend.close();
    threads.shutdownNow();
  }
}
