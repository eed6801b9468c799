package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The proxy's jar as a child process. */
final class ProxyProcess implements AutoCloseable {

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  final int port = Dovecot.freePort();
  final int managementPort = Dovecot.freePort();
  final Duration startUp;

  /** Starts it; returns when it answers. */
  ProxyProcess(Path jar, Path data, String heap, Map<String, String> variables)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-jar",
            jar.toString());
    builder.environment().put("JMAP_PORT", String.valueOf(port));
    builder.environment().put("JMAP_MGMT_PORT", String.valueOf(managementPort));
    builder.environment().put("JMAP_DATADIR", data.toString());
    builder.environment().put("BASEURL", "http://127.0.0.1:" + port);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    builder.redirectOutput(data.resolveSibling("proxy.log").toFile());
    process = builder.start();
    awaitHealth();
    startUp = Duration.ofNanos(System.nanoTime() - start);
  }

  /** Adds a user's account; returns when the management API has answered. */
  void addAccount(String user, int imapPort) throws IOException, InterruptedException {
    addAccount(user, imapPort, "");
  }

  /** Adds a user's account that can send; returns when the management API has answered. */
  void addAccount(String user, int imapPort, int smtpPort)
      throws IOException, InterruptedException {
    addAccount(
        user, imapPort, ",\"smtpHost\":\"127.0.0.1\",\"smtpPort\":" + smtpPort + ",\"smtpSSL\":0");
  }

  private void addAccount(String user, int imapPort, String more)
      throws IOException, InterruptedException {
    String body =
        """
        {"accountid":"%s","email":"%s","password":"%s",
         "imapHost":"127.0.0.1","imapPort":%d,"imapSSL":0%s}
        """
            .formatted(user, Dovecot.address(user), Dovecot.PASSWORD, imapPort, more);
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(management("/api/accounts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 201 || response.body().contains("warning")) {
      throw new IllegalStateException("adding the account failed: " + response.body());
    }
  }

  /** The value of a metric without labels. */
  long metric(String name) throws IOException, InterruptedException {
    String text =
        http.send(
                HttpRequest.newBuilder(management("/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  /** Asks the JVM something with jcmd. */
  String ask(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return answer;
  }

  /** How many threads it has. */
  long threads() throws IOException {
    return status("Threads:");
  }

  /** Resident memory in MiB, as the kernel counts it. */
  long residentMebibytes() throws IOException {
    return residentKibibytes() / 1024;
  }

  long residentKibibytes() throws IOException {
    return status("VmRSS:");
  }

  private long status(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return -1;
  }

  private URI management(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  private void awaitHealth() throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    HttpRequest health = HttpRequest.newBuilder(management("/healthz")).build();
    while (System.nanoTime() < giveUp && process.isAlive()) {
      try {
        http.send(health, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    close();
    throw new IllegalStateException("the proxy does not start; see proxy.log");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
