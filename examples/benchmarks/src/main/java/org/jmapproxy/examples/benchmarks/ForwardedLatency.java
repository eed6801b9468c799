package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What a request costs that is forwarded to another JMAP server, as a ratio to the same request
 * made there: both in turn, so that both meet the same noise. Usage: {@code ForwardedLatency <jar>
 * <address of a running JMAP server> <user> <password>}; an INBOX with some hundred messages says
 * most.
 */
public final class ForwardedLatency {

  private static final int WARM_UP = 200;
  private static final int RUNS = 500;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String authorization;

  private ForwardedLatency(String user, String password) {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(login);
  }

  private record Server(URI api, String accountId) {}

  /** Runs the program. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      System.err.println("usage: ForwardedLatency <jmap-proxy.jar> <address> <user> <password>");
      System.exit(2);
    }
    new ForwardedLatency(arguments[2], arguments[3])
        .run(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
  }

  @SuppressWarnings("SystemOut")
  private void run(Path jar, String address, String user, String password) throws Exception {
    Path directory = Files.createTempDirectory("jmap-forwarded");
    Path data = Files.createDirectories(directory.resolve("data"));
    try (ProxyProcess proxy = new ProxyProcess(jar, data, "256m", Map.of())) {
      register(proxy, address, user, password);
      Server direct = server(URI.create(address + "/.well-known/jmap"));
      Server through = server(URI.create("http://127.0.0.1:" + proxy.port + "/.well-known/jmap"));
      for (Map.Entry<String, String> request : requests().entrySet()) {
        System.out.println(request.getKey() + ": " + compare(request.getValue(), direct, through));
      }
    }
  }

  private static Map<String, String> requests() {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("Mailbox/get", "[\"Mailbox/get\",{\"accountId\":\"%s\",\"ids\":null},\"0\"]");
    requests.put(
        "inbox view",
        """
        ["Email/query",{"accountId":"%1$s","sort":[{"property":"receivedAt","isAscending":false}],
          "limit":50},"q"],
        ["Email/get",{"accountId":"%1$s",
          "#ids":{"resultOf":"q","name":"Email/query","path":"/ids"},
          "properties":["id","threadId","mailboxIds","keywords","from","to","subject","receivedAt",
                        "size","preview","hasAttachment"]},"g"]
        """);
    return requests;
  }

  private String compare(String calls, Server direct, Server through) throws Exception {
    String toDirect = calls.formatted(direct.accountId());
    String toThrough = calls.formatted(through.accountId());
    long[] directly = new long[RUNS];
    long[] forwarded = new long[RUNS];
    for (int i = -WARM_UP; i < RUNS; i++) {
      long start = System.nanoTime();
      post(direct.api(), toDirect);
      long between = System.nanoTime();
      post(through.api(), toThrough);
      if (i >= 0) {
        directly[i] = between - start;
        forwarded[i] = System.nanoTime() - between;
      }
    }
    Arrays.sort(directly);
    Arrays.sort(forwarded);
    double one = directly[RUNS / 2] / 1e6;
    double other = forwarded[RUNS / 2] / 1e6;
    return String.format(
        Locale.ROOT, "direct %.2f ms, forwarded %.2f ms, %.2f x", one, other, other / one);
  }

  private void register(ProxyProcess proxy, String address, String user, String password)
      throws Exception {
    String body =
        "{\"accountid\":\"bench\",\"email\":\"%s\",\"sessionUrl\":\"%s\",\"password\":\"%s\"}"
            .formatted(user, address, password);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + proxy.managementPort + "/api/accounts"))
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IOException(answer.body());
    }
  }

  private Server server(URI address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Authorization", authorization).build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    JsonNode session = json.readTree(answer.body());
    return new Server(
        answer.uri().resolve(session.path("apiUrl").stringValue()),
        session.at("/primaryAccounts/urn:ietf:params:jmap:mail").stringValue());
  }

  private void post(URI api, String calls) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\"],"
                        + "\"methodCalls\":["
                        + calls
                        + "]}"))
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " at " + api);
    }
  }
}
