package org.jmapproxy.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the memory of many accounts that nobody reads: asleep, and awake with an open event
 * stream each. Usage: {@code IdleAccounts <jar> <accounts>}; needs Dovecot and root.
 */
public final class IdleAccounts {

  private static final int LARGE = 5000;
  private static final int SMALL = 20;
  private static final int WARM_UP = 30;

  private final Path jar;
  private final int count;

  private IdleAccounts(Path jar, int count) {
    this.jar = jar;
    this.count = count;
  }

  /** Runs the program. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: IdleAccounts <jmap-proxy.jar> <accounts>");
      System.exit(2);
    }
    new IdleAccounts(Path.of(arguments[0]), Integer.parseInt(arguments[1])).run();
  }

  private void run() throws Exception {
    Path directory = Files.createTempDirectory("jmap-idle");
    try {
      Messages messages = new Messages();
      messages.write(directory.resolve("mail/bench/Maildir"), LARGE);
      for (int i = 0; i < WARM_UP + count; i++) {
        messages.write(directory.resolve("mail/user" + i + "/Maildir"), SMALL);
      }
      Path data = Files.createDirectories(directory.resolve("data"));
      try (Dovecot dovecot = Dovecot.start(directory);
          ProxyProcess proxy =
              new ProxyProcess(jar, data, "256m", Map.of("JMAP_IDLE_TIMEOUT", "2"))) {
        proxy.addAccount("bench", dovecot.port());
        JmapClient client = new JmapClient(proxy.port, "bench");
        MailLoad.awaitTotal(client, LARGE);
        MailLoad.readInbox(client, 200);
        say("one account of 5,000, in use", proxy.residentMebibytes() + " MiB resident");
        add(proxy, dovecot, 0, WARM_UP);
        awaitSleep(proxy);
        Measure before = measure("before", proxy);
        add(proxy, dovecot, WARM_UP, WARM_UP + count);
        awaitSleep(proxy);
        Measure asleep = measure("asleep", proxy);
        tellEach("each further account asleep", before, asleep);
        List<Stream<String>> streams = openStreams(proxy);
        Measure awake = measure("awake", proxy);
        tellEach("each further account awake, with a stream", asleep, awake);
        streams.forEach(Stream::close);
      }
    } finally {
      MailLoad.delete(directory);
    }
  }

  private static void add(ProxyProcess proxy, Dovecot dovecot, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      proxy.addAccount("user" + i, dovecot.port());
    }
  }

  private List<Stream<String>> openStreams(ProxyProcess proxy) throws Exception {
    List<Stream<String>> streams = new ArrayList<>();
    JmapClient.Streams opener = new JmapClient.Streams();
    for (int i = WARM_UP; i < WARM_UP + count; i++) {
      streams.add(opener.open(proxy.port, "user" + i));
    }
    await(() -> proxy.metric("jmap_imap_connections") >= count);
    TimeUnit.SECONDS.sleep(5);
    return streams;
  }

  private static void awaitSleep(ProxyProcess proxy) throws Exception {
    await(() -> proxy.metric("jmap_backend_workers_active") == 0);
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!condition.call()) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("that takes too long");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Resident memory before a collection was asked for; a collection gives some back once. */
  private record Measure(long residentKibibytes, long heapKibibytes, long threads) {}

  private static Measure measure(String what, ProxyProcess proxy) throws Exception {
    long asItIs = proxy.residentKibibytes();
    proxy.ask("GC.run");
    TimeUnit.SECONDS.sleep(2);
    Matcher used = Pattern.compile("used (\\d+)K").matcher(proxy.ask("GC.heap_info"));
    Measure measure =
        new Measure(asItIs, used.find() ? Long.parseLong(used.group(1)) : 0, proxy.threads());
    say(
        what,
        "%d MiB resident, %d after a collection; heap in use %d MiB, %d threads"
            .formatted(
                asItIs / 1024,
                proxy.residentMebibytes(),
                measure.heapKibibytes() / 1024,
                measure.threads()));
    return measure;
  }

  private void tellEach(String what, Measure before, Measure after) {
    say(
        what,
        "%.3f MiB resident, %.3f MiB of heap, %.2f threads"
            .formatted(
                (after.residentKibibytes() - before.residentKibibytes()) / 1024.0 / count,
                (after.heapKibibytes() - before.heapKibibytes()) / 1024.0 / count,
                (after.threads() - before.threads()) / (double) count));
  }

  @SuppressWarnings("SystemOut")
  private static void say(String what, String value) {
    System.out.printf(Locale.ROOT, "%-44s %s%n", what, value);
  }
}
