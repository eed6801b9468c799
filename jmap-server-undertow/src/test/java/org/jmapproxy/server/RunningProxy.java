package org.jmapproxy.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.server.config.ServerConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A proxy on ports chosen by the system, and requests to it. */
public final class RunningProxy implements AutoCloseable {

  /** The imagined mail server of all its accounts. */
  public final FakeBackend backend = new FakeBackend();

  private final ProxyServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningProxy(Path dataDirectory, Map<String, String> variables, BackendFactory backends) {
    Map<String, String> all = new HashMap<>();
    all.put("JMAP_HOST", "127.0.0.1");
    all.put("JMAP_PORT", "0");
    all.put("JMAP_MGMT_PORT", "0");
    all.put("JMAP_DATADIR", dataDirectory.toString());
    all.putAll(variables);
    this.server =
        ProxyServer.start(
            ServerConfig.fromEnvironment(all),
            StandardParts.modules(),
            surroundings -> withFake(backends.create(surroundings)));
  }

  private List<Backend> withFake(List<Backend> others) {
    return others.isEmpty() ? List.of(backend) : others;
  }

  /** A proxy with the modules of the launcher and imagined mail servers. */
  public static RunningProxy in(Path dataDirectory) {
    return in(dataDirectory, Map.of());
  }

  /** The same with further environment variables. */
  public static RunningProxy in(Path dataDirectory, Map<String, String> variables) {
    return with(dataDirectory, variables, surroundings -> List.of());
  }

  /** The same with other backends instead of the imagined mail servers. */
  public static RunningProxy with(
      Path dataDirectory, Map<String, String> variables, BackendFactory backends) {
    return new RunningProxy(dataDirectory, variables, backends);
  }

  /** The proxy itself. */
  public ProxyServer server() {
    return server;
  }

  /** A request to the management port; headers come in pairs. */
  public HttpResponse<String> manage(String verb, String path, String body, String... headers) {
    return send("127.0.0.1", server.managementPort(), verb, path, body, headers);
  }

  /** A request to the JMAP port; headers come in pairs. */
  public HttpResponse<String> jmap(String verb, String path, String body, String... headers) {
    return send("127.0.0.1", server.jmapPort(), verb, path, body, headers);
  }

  /** Adds an account {@code <id>@example.com} with a password. */
  public void addAccount(String accountId, String password) {
    HttpResponse<String> response =
        manage(
            "POST",
            "/api/accounts",
            "{\"accountid\":\"%s\",\"email\":\"%s@example.com\",\"password\":\"%s\",\"imapHost\":\"imap.example\"}"
                .formatted(accountId, accountId, password));
    if (response.statusCode() != 201) {
      throw new AssertionError(response.body());
    }
  }

  /** The value of an Authorization header. */
  public static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(
                (user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A body as JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.builder().build().readTree(response.body());
  }

  private HttpResponse<String> send(
      String host, int port, String verb, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
            .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
