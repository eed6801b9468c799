package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures one account: first sync, inbox view, throughput, event latency, memory. Usage: {@code
 * MailLoad <jar> <messages>...}; needs Dovecot and root, prints a table per number of messages.
 */
public final class MailLoad {

  private static final String FETCH_ITEMS =
      "(UID FLAGS INTERNALDATE RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER])";

  private static final String INBOX_VIEW =
      """
      ["Email/query",{"accountId":"bench","filter":{"inMailbox":"%s"},
        "sort":[{"property":"receivedAt","isAscending":false}],"limit":50},"q"],
      ["Email/get",{"accountId":"bench",
        "#ids":{"resultOf":"q","name":"Email/query","path":"/ids"},
        "properties":["id","threadId","mailboxIds","keywords","from","to","subject","receivedAt",
                      "size","preview","hasAttachment"]},"g"]
      """;

  private final Path jar;
  private final int count;

  private MailLoad(Path jar, int count) {
    this.jar = jar;
    this.count = count;
  }

  /** Runs the program. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("usage: MailLoad <jmap-proxy.jar> <messages>...");
      System.exit(2);
    }
    for (int i = 1; i < arguments.length; i++) {
      new MailLoad(Path.of(arguments[0]), Integer.parseInt(arguments[i])).run();
    }
  }

  private void run() throws Exception {
    Path directory = Files.createTempDirectory("jmap-load");
    try {
      say("messages", String.valueOf(count));
      new Messages().write(directory.resolve("mail/bench/Maildir"), count);
      Path data = Files.createDirectories(directory.resolve("data"));
      try (Dovecot dovecot = Dovecot.start(directory);
          BareImap imap = new BareImap(dovecot.port());
          ProxyProcess proxy = new ProxyProcess(jar, data, "256m", Map.of())) {
        say("start to first answer", proxy.startUp.toMillis() + " ms");
        double bareFetch = bareFetch(imap);
        firstSync(proxy, dovecot, bareFetch);
        JmapClient client = new JmapClient(proxy.port, "bench");
        String inbox = inboxId(client);
        inboxView(client, inbox, imap);
        queries(client, inbox);
        throughput(client, inbox);
        bodies(client, inbox, imap);
        keywordToggle(client, imap);
        eventLatency(client, imap);
        say("resident memory", proxy.residentMebibytes() + " MiB (-Xmx256m)");
      }
    } finally {
      delete(directory);
    }
  }

  private double bareFetch(BareImap imap) throws Exception {
    imap.command("SELECT INBOX");
    imap.command("UID FETCH 1:* " + FETCH_ITEMS); // Dovecot fills its cache at the first fetch
    Timings timings = Timings.of(0, 3, () -> imap.command("UID FETCH 1:* " + FETCH_ITEMS));
    say(
        "bare UID FETCH of everything",
        "%.0f ms (%.0f messages/s)"
            .formatted(timings.medianMillis(), count / timings.medianMillis() * 1000));
    return timings.medianMillis();
  }

  private void firstSync(ProxyProcess proxy, Dovecot dovecot, double bareMillis) throws Exception {
    JmapClient client = new JmapClient(proxy.port, "bench");
    long start = System.nanoTime();
    proxy.addAccount("bench", dovecot.port());
    say("account added (201)", "%.0f ms".formatted(millisSince(start)));
    awaitTotal(client, Math.min(50, count));
    say("first 50 visible", "%.0f ms".formatted(millisSince(start)));
    awaitTotal(client, count);
    double millis = millisSince(start);
    say(
        "first sync of everything",
        "%.0f ms (%.0f messages/s), %.2f x bare UID FETCH"
            .formatted(millis, count / millis * 1000, millis / bareMillis));
  }

  static void awaitTotal(JmapClient client, long wanted) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (System.nanoTime() < giveUp) {
      long total =
          client
              .call(
                  "[\"Email/query\",{\"accountId\":\"bench\",\"limit\":1,\"calculateTotal\":true},\"0\"]",
                  0)
              .get("total")
              .asLong();
      if (total >= wanted) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IllegalStateException("the first sync did not end");
  }

  private static String inboxId(JmapClient client) throws Exception {
    return client
        .call(
            "[\"Mailbox/query\",{\"accountId\":\"bench\",\"filter\":{\"role\":\"inbox\"}},\"0\"]",
            0)
        .get("ids")
        .get(0)
        .asString();
  }

  private void inboxView(JmapClient client, String inbox, BareImap imap) throws Exception {
    Timings jmap = Timings.of(200, 300, () -> client.post(INBOX_VIEW.formatted(inbox)));
    imap.command("SELECT INBOX");
    Timings bare =
        Timings.of(
            10,
            50,
            () -> {
              String sorted = imap.lines("UID SORT (REVERSE ARRIVAL) US-ASCII ALL");
              String newest =
                  Arrays.stream(sorted.strip().substring("* SORT ".length()).split(" "))
                      .limit(50)
                      .collect(Collectors.joining(","));
              imap.command(
                  "UID FETCH " + newest + " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)");
            });
    say("inbox view over JMAP", jmap.toString());
    say("the same over bare IMAP", bare.toString());
    say("ratio", "%.2f x bare IMAP".formatted(jmap.medianMillis() / bare.medianMillis()));
  }

  private static void queries(JmapClient client, String inbox) throws Exception {
    for (Map.Entry<String, String> query : Queries.in(inbox).entrySet()) {
      client.call(query.getValue(), 0);
      say(
          "query: " + query.getKey(),
          Timings.of(3, 11, () -> client.post(query.getValue())).toString());
    }
  }

  /** Looks at the inbox so many times. */
  static void readInbox(JmapClient client, int times) throws Exception {
    String view = INBOX_VIEW.formatted(inboxId(client));
    for (int i = 0; i < times; i++) {
      client.post(view);
    }
  }

  private void throughput(JmapClient client, String inbox) throws Exception {
    String view = INBOX_VIEW.formatted(inbox);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      Callable<Integer> worker =
          () -> {
            int done = 0;
            while (System.nanoTime() < end) {
              client.post(view);
              done++;
            }
            return done;
          };
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(pool.submit(worker));
      }
      int total = 0;
      for (Future<Integer> result : results) {
        total += result.get();
      }
      say("inbox views per second, 8 connections", String.valueOf(total / 5));
    } finally {
      pool.shutdownNow();
    }
  }

  private void bodies(JmapClient client, String inbox, BareImap imap) throws Exception {
    String view =
        """
        ["Email/query",{"accountId":"bench","filter":{"inMailbox":"%s"},"position":%d,"limit":50,
          "sort":[{"property":"receivedAt","isAscending":false}]},"q"],
        ["Email/get",{"accountId":"bench","fetchTextBodyValues":true,
          "#ids":{"resultOf":"q","name":"Email/query","path":"/ids"},
          "properties":["textBody","bodyValues","attachments"]},"g"]
        """;
    int[] position = {0};
    int views = Math.max(1, Math.min(15, count / 150));
    Timings uncached =
        Timings.of(views / 3, views, () -> client.post(view.formatted(inbox, 50 * position[0]++)));
    Timings cached = Timings.of(20, 50, () -> client.post(view.formatted(inbox, 0)));
    imap.command("SELECT INBOX");
    int[] first = {1}; // the oldest: messages that the server has not just sent for the views
    Timings bare =
        Timings.of(
            views / 3,
            views,
            () -> {
              imap.command("FETCH " + first[0] + ":" + (first[0] + 49) + " (UID BODY.PEEK[])");
              first[0] += 50;
            });
    Timings single =
        Timings.of(
            100,
            200,
            () -> client.post(view.replace("\"limit\":50", "\"limit\":1").formatted(inbox, 0)));
    say("one Email with body values, cached", single.toString());
    say("50 Emails with body values, not cached", uncached.toString());
    say("the same, cached", cached.toString());
    say("bare FETCH of 50 messages", bare.toString());
    say(
        "ratio, not cached",
        "%.2f x bare FETCH".formatted(uncached.medianMillis() / bare.medianMillis()));
  }

  private void keywordToggle(JmapClient client, BareImap imap) throws Exception {
    String id =
        client
            .call("[\"Email/query\",{\"accountId\":\"bench\",\"limit\":1},\"0\"]", 0)
            .get("ids")
            .get(0)
            .asString();
    boolean[] on = {false};
    Timings jmap =
        Timings.of(
            20,
            100,
            () -> {
              on[0] = !on[0];
              client.post(
                  "[\"Email/set\",{\"accountId\":\"bench\",\"update\":{\"%s\":{\"keywords/$flagged\":%s}}},\"0\"]"
                      .formatted(id, on[0] ? "true" : "null"));
            });
    Timings bare =
        Timings.of(
            20,
            100,
            () -> {
              on[0] = !on[0];
              imap.command("STORE 1 " + (on[0] ? "+" : "-") + "FLAGS.SILENT (\\Flagged)");
            });
    say("keyword toggle over JMAP", jmap.toString());
    say("bare STORE", bare.toString());
    say("ratio", "%.2f x bare STORE".formatted(jmap.medianMillis() / bare.medianMillis()));
  }

  private void eventLatency(JmapClient client, BareImap imap) throws Exception {
    LinkedBlockingQueue<Long> events = new LinkedBlockingQueue<>();
    Stream<String> stream = client.events();
    Thread reader =
        new Thread(
            () ->
                stream
                    .filter(line -> line.startsWith("event: state"))
                    .forEach(line -> events.add(System.nanoTime())),
            "events");
    reader.setDaemon(true);
    reader.start();
    List<Double> millis = new ArrayList<>();
    Messages messages = new Messages();
    for (int i = 0; i < 15; i++) {
      TimeUnit.MILLISECONDS.sleep(300);
      events.clear();
      imap.append(messages.message(count + i, Instant.now()));
      long start = System.nanoTime();
      Long seen = events.poll(60, TimeUnit.SECONDS);
      if (seen == null) {
        say("IMAP arrival to event", "none within 60 s");
        return;
      }
      millis.add((seen - start) / 1e6);
    }
    millis.sort(Comparator.naturalOrder());
    say(
        "IMAP arrival to event at the client",
        "median %.0f ms, slowest %.0f ms"
            .formatted(millis.get(millis.size() / 2), millis.get(millis.size() - 1)));
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  @SuppressWarnings("SystemOut")
  private static void say(String what, String value) {
    System.out.printf(Locale.ROOT, "%-40s %s%n", what, value);
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
