package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A JMAP client that sends what it is given. */
final class JmapClient {

  private static final String USING =
      "\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\","
          + "\"urn:ietf:params:jmap:submission\"]";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String authorization;
  private final int port;

  JmapClient(int port, String user) {
    this.port = port;
    this.authorization = authorization(user);
  }

  /** Sends method calls as text and reads the answer as bytes. */
  byte[] post(String calls) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jmap"))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{" + USING + ",\"methodCalls\":[" + calls + "]}"))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** The arguments of the response at an index. */
  JsonNode call(String calls, int index) throws IOException, InterruptedException {
    JsonNode answer = json.readTree(post(calls)).get("methodResponses").get(index);
    if (answer.get(0).asString().equals("error")) {
      throw new IOException(answer.toString());
    }
    return answer.get(1);
  }

  /** Uploads a message; gives back its blobId. */
  String upload(String accountId, byte[] message) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/upload/" + accountId))
            .header("Authorization", authorization)
            .header("Content-Type", "message/rfc822")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return json.readTree(response.body()).path("blobId").asString();
  }

  /** Opens the event source. */
  Stream<String> events() throws IOException, InterruptedException {
    return events(http, port, authorization);
  }

  private static Stream<String> events(HttpClient http, int port, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + port + "/eventsource?types=Email&closeafter=no&ping=0"))
            .header("Authorization", authorization)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
  }

  /** Opens event sources of many users over one HTTP client. */
  static final class Streams {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Stream<String> open(int port, String user) throws IOException, InterruptedException {
      return events(http, port, authorization(user));
    }
  }

  private static String authorization(String user) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(
                (Dovecot.address(user) + ":" + Dovecot.PASSWORD).getBytes(StandardCharsets.UTF_8));
  }
}
