package org.jmapproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process of its own. */
class ServerMainTest {

  private static final Pattern STARTED =
      Pattern.compile("JMAP at (http://localhost:[0-9]+), management at (http://[0-9.:]+)/");

  @TempDir Path data;

  @Test
  void helpNamesEveryVariable() throws Exception {
    Ended ended = run(Map.of(), "--help");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("JMAP_PORT", "JMAP_MGMT_PORT", "JMAP_MGMT_HOST", "JMAP_DATADIR", "BASEURL")
        .contains("JMAP_IDLE_TIMEOUT", "JMAP_SYNC_INTERVAL", "JMAP_DEBUG", "JMAP_SECRET_KEY")
        .contains("JMAP_MGMT_ALLOWED_HOSTS", "IGNORE_INVALID_CERT");
  }

  @Test
  void versionIsToldAndNothingStarts() throws Exception {
    Ended ended = run(Map.of(), "--version");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).startsWith("JMAP Proxy ");
  }

  @Test
  void aBadValueEndsWithOneLineAndExitCode2() throws Exception {
    Ended ended = run(Map.of("JMAP_PORT", "nine"));
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().strip())
        .isEqualTo(
            "jmap-proxy: JMAP_PORT is \"nine\"; it must be a port between 0 (any free port) and 65535.");
  }

  @Test
  void anUnknownArgumentEndsWithExitCode2() throws Exception {
    Ended ended = run(Map.of(), "--frobnicate");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("--frobnicate");
  }

  @Test
  void aSecondProcessOnTheDirectoryEndsWithOneLineAndExitCode1() throws Exception {
    try (Started first = new Started()) {
      first.awaitStart();
      Ended second = run(Map.of());
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output()).contains("in use by another process");
      assertThat(second.output().lines().filter(line -> !line.contains(" WARN "))).hasSize(1);
    }
  }

  @Test
  void terminationFinishesAndExitsWithZero() throws Exception {
    try (Started started = new Started()) {
      Matcher addresses = started.awaitStart();
      assertThat(addresses.group(1)).isNotEmpty();
      started.process.toHandle().destroy();
      assertThat(started.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(started.process.exitValue()).isZero();
    }
  }

  @Test
  void secretsAreNeverLogged() throws Exception {
    try (Started started = new Started("JMAP_SECRET_KEY", "hush-hush-key", "JMAP_DEBUG", "1")) {
      started.awaitStart();
      started.process.toHandle().destroy();
      assertThat(started.rest()).doesNotContain("hush-hush-key");
      assertThat(started.log.toString()).contains("DEBUG").doesNotContain("hush-hush-key");
    }
  }

  private record Ended(int exitCode, String output) {}

  private Ended run(Map<String, String> variables, String... arguments) throws Exception {
    Process process = start(variables, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("JMAP_HOST", "127.0.0.1");
    all.put("JMAP_PORT", "0");
    all.put("JMAP_MGMT_PORT", "0");
    all.put("JMAP_DATADIR", data.resolve("proxy").toString());
    all.putAll(variables);
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=logback.xml");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ServerMain.class.getName());
    command.addAll(java.util.List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(all);
    return builder.start();
  }

  private final class Started implements AutoCloseable {
    final Process process;
    final StringBuilder log = new StringBuilder();
    private final BufferedReader reader;

    Started(String... variables) throws IOException {
      Map<String, String> map = new HashMap<>();
      for (int i = 0; i < variables.length; i += 2) {
        map.put(variables[i], variables[i + 1]);
      }
      process = start(map);
      reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    Matcher awaitStart() throws IOException {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.append(line).append('\n');
        Matcher matcher = STARTED.matcher(line);
        if (matcher.find()) {
          return matcher;
        }
      }
      throw new AssertionError("The proxy did not start: " + log);
    }

    String rest() throws IOException {
      StringBuilder rest = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rest.append(line).append('\n');
      }
      return rest.toString();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
