package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The proxy's jar as a child process. */
final class ProxyProcess implements AutoCloseable {

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  final int port = Dovecot.freePort();
  final int managementPort = Dovecot.freePort();
  final Duration startUp;

  ProxyProcess(Path jar, Path data, String heap) throws IOException, InterruptedException {
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
    builder.redirectErrorStream(true);
    builder.redirectOutput(data.resolveSibling("proxy.log").toFile());
    process = builder.start();
    awaitHealth();
    startUp = Duration.ofNanos(System.nanoTime() - start);
  }

  /** Adds the account; returns when the management API has answered. */
  void addAccount(int imapPort) throws IOException, InterruptedException {
    String body =
        """
        {"accountid":"bench","email":"%s","password":"%s",
         "imapHost":"127.0.0.1","imapPort":%d,"imapSSL":0}
        """
            .formatted(Dovecot.USER, Dovecot.PASSWORD, imapPort);
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

  /** Resident memory in MiB, as the kernel counts it. */
  long residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
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
