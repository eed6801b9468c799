package org.jmapproxy.examples.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jmapproxy.server.ProxyServer;
import org.jmapproxy.server.StandardParts;
import org.jmapproxy.server.config.ServerConfig;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectMapper;

/**
 * The proxy in front of an embedded mail server, with an account added. Listens on the usual ports
 * unless {@code JMAP_PORT} and {@code JMAP_MGMT_PORT} say otherwise, keeps its data in a temporary
 * directory, and removes it at the end.
 */
public final class Demo implements AutoCloseable {

  private final Path data;
  private final MailServer mail;
  private final ProxyServer proxy;
  private final String inboxId;

  private Demo(Path data, MailServer mail, ProxyServer proxy, String inboxId) {
    this.data = data;
    this.mail = mail;
    this.proxy = proxy;
    this.inboxId = inboxId;
  }

  /** Starts both servers and adds the account. */
  static Demo start(Map<String, String> variables) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("jmap-demo");
    Map<String, String> settings = new HashMap<>(variables);
    settings.put("JMAP_DATADIR", data.toString());
    settings.putIfAbsent("JMAP_HOST", "127.0.0.1");
    settings.putIfAbsent("JMAP_SECRET_KEY", "a passphrase for the demo");
    MailServer mail = MailServer.start(Instant.now());
    ProxyServer proxy =
        ProxyServer.start(
            ServerConfig.fromEnvironment(settings),
            StandardParts.modules(),
            StandardParts.backends());
    addAccount(proxy, mail);
    return new Demo(data, mail, proxy, inboxId(proxy));
  }

  /** The public address of the JMAP port. */
  String baseUrl() {
    return proxy.baseUrl();
  }

  /** A shell command that lists the inbox. */
  String curlLine() {
    return """
        curl -s -u %s:%s -H 'Content-Type: application/json' %s/jmap -d '{
          "using": ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail"],
          "methodCalls": [
            ["Email/query", {"accountId": "anna", "filter": {"inMailbox": "%s"}, "limit": 10,
              "sort": [{"property": "receivedAt", "isAscending": false}]}, "q"],
            ["Email/get", {"accountId": "anna",
              "#ids": {"resultOf": "q", "name": "Email/query", "path": "/ids"},
              "properties": ["from", "subject", "receivedAt", "keywords", "preview"]}, "g"]]}'"""
        .formatted(MailServer.EMAIL, MailServer.PASSWORD, baseUrl(), inboxId);
  }

  private static void addAccount(ProxyServer proxy, MailServer mail)
      throws IOException, InterruptedException {
    String account =
        """
        {"accountid": "anna", "email": "%s", "password": "%s",
         "imapHost": "127.0.0.1", "imapPort": %d, "imapSSL": 0,
         "smtpHost": "127.0.0.1", "smtpPort": %d, "smtpSSL": 0}
        """
            .formatted(MailServer.EMAIL, MailServer.PASSWORD, mail.imapPort(), mail.smtpPort());
    HttpResponse<String> response = post(proxy.managementPort(), "/api/accounts", account);
    if (response.statusCode() != 201 || response.body().contains("warning")) {
      throw new IllegalStateException("the account cannot be added: " + response.body());
    }
  }

  private static String inboxId(ProxyServer proxy) throws IOException, InterruptedException {
    String request =
        """
        {"using": ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail"],
         "methodCalls": [["Mailbox/query", {"accountId": "anna", "filter": {"role": "inbox"}}, "m"]]}
        """;
    return new ObjectMapper()
        .readTree(post(proxy.jmapPort(), "/jmap", request).body())
        .at("/methodResponses/0/1/ids/0")
        .asString();
  }

  private static HttpResponse<String> post(int port, String path, String json)
      throws IOException, InterruptedException {
    String login = MailServer.EMAIL + ":" + MailServer.PASSWORD;
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    mail.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Starts the demo; it goes on until the process is ended. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    quietMailServer();
    Demo demo = start(System.getenv());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, System.err), "stop"));
    System.out.println();
    System.out.println("The mailbox of " + MailServer.EMAIL + " is there. List its inbox with");
    System.out.println();
    System.out.println(demo.curlLine());
    System.out.println();
    System.out.println(
        "or point a JMAP client at " + demo.baseUrl() + " with this address and the");
    System.out.println("password \"" + MailServer.PASSWORD + "\". End with Ctrl-C.");
  }

  /** It logs a stack for each command that it does not know; trying some is part of our work. */
  private static void quietMailServer() {
    if (LoggerFactory.getLogger("com.icegreen.greenmail") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
  }

  private static void stop(Demo demo, PrintStream errors) {
    try {
      demo.close();
    } catch (IOException e) {
      errors.println("the demo's data could not be removed: " + e.getMessage());
    }
  }
}
