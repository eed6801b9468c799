package org.jmapproxy.server.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jmapproxy.server.RunningProxy;
import tools.jackson.databind.JsonNode;

/** One user of a proxy. Text in single quotes becomes JSON. */
record JmapClient(RunningProxy proxy, String user, String password) {

  private static final String USING =
      "['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail', 'urn:ietf:params:jmap:blob']";

  JsonNode session() {
    return RunningProxy.json(send("GET", "/session", ""));
  }

  /** The responses to calls. */
  JsonNode calls(String calls) {
    String request = "{'using': " + USING + ", 'methodCalls': " + calls + "}";
    HttpResponse<String> answer =
        send("POST", "/jmap", request.replace('\'', '"'), "Content-Type", "application/json");
    return RunningProxy.json(answer).path("methodResponses");
  }

  /** The arguments of the first response to one call. */
  JsonNode call(String method, String accountId, String arguments) {
    String separator = arguments.isEmpty() ? "" : ", ";
    return calls(
            "[['"
                + method
                + "', {'accountId': '"
                + accountId
                + "'"
                + separator
                + arguments
                + "}, '0']]")
        .at("/0/1");
  }

  String inbox(String accountId) {
    return call("Mailbox/query", accountId, "'filter': {'role': 'inbox'}").at("/ids/0").asString();
  }

  HttpResponse<String> send(String verb, String path, String body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = RunningProxy.basic(user, password);
    return proxy.jmap(verb, path, body, all);
  }

  /** An open event stream. */
  Events events(String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + proxy.server().jmapPort()
                        + "/eventsource?types=*&closeafter=no&ping=0"))
            .header("Authorization", RunningProxy.basic(user, password));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      return new Events(
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lines of an event stream. */
  record Events(BufferedReader lines) implements AutoCloseable {

    /** The first line from here on that has all these texts; the stream's silence ends a test. */
    String awaitLine(String... texts) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (Arrays.stream(texts).allMatch(line::contains)) {
          return line;
        }
      }
      throw new IOException("the stream ended");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  /** Asks until an answer is there. */
  static <T> T await(Supplier<T> question, java.util.function.Predicate<T> enough) {
    long until = System.nanoTime() + 20_000_000_000L;
    T answer = question.get();
    while (!enough.test(answer) && System.nanoTime() < until) {
      LockSupport.parkNanos(20_000_000);
      answer = question.get();
    }
    assertThat(enough.test(answer)).as(String.valueOf(answer)).isTrue();
    return answer;
  }
}
