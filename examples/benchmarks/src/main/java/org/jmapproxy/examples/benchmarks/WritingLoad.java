package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What changes cost, as ratios to the bare IMAP or SMTP exchange with the same effect, both in turn
 * in one run: a keyword set on one Email and on 500, an import of 200 messages, a message sent.
 * Usage: {@code WritingLoad <jar>}; needs root and Dovecot.
 */
public final class WritingLoad {

  private static final int MESSAGES = 1000;
  private static final int MANY = 500;
  private static final int IMPORTS = 200;

  private final Messages messages = new Messages();
  private final JmapClient jmap;
  private final BareImap imap;
  private final SmtpSink smtp;
  private int round;

  private WritingLoad(JmapClient jmap, BareImap imap, SmtpSink smtp) {
    this.jmap = jmap;
    this.imap = imap;
    this.smtp = smtp;
  }

  /** Runs the program. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: WritingLoad <jmap-proxy.jar>");
      System.exit(2);
    }
    Path directory = Files.createTempDirectory("jmap-writing");
    Path data = Files.createDirectories(directory.resolve("data"));
    new Messages().write(directory.resolve("mail/bench/Maildir"), MESSAGES);
    try (SmtpSink smtp = new SmtpSink();
        Dovecot dovecot = Dovecot.start(directory);
        ProxyProcess proxy = new ProxyProcess(Path.of(arguments[0]), data, "512m", Map.of());
        BareImap imap = new BareImap(dovecot.port())) {
      proxy.addAccount("bench", dovecot.port(), smtp.port());
      imap.command("SELECT INBOX");
      new WritingLoad(new JmapClient(proxy.port, "bench"), imap, smtp).run();
    }
  }

  @SuppressWarnings("SystemOut")
  private void run() throws Exception {
    awaitMessages();
    List<String> ids = ids(MANY);
    System.out.println("keyword of 1:    " + compare(30, 200, bareFlags(1), flags(ids, 1)));
    System.out.println("keyword of 500:  " + compare(5, 30, bareFlags(MANY), flags(ids, MANY)));
    System.out.println("import of 200:   " + imports());
    System.out.println("a send:          " + sends());
  }

  private static String compare(int warmUp, int runs, Timings.Action bare, Timings.Action jmap)
      throws Exception {
    Timings direct = Timings.of(warmUp, runs, bare);
    Timings through = Timings.of(warmUp, runs, jmap);
    return String.format(
        Locale.ROOT,
        "bare %s; proxy %s; %.2f x",
        direct,
        through,
        through.medianMillis() / direct.medianMillis());
  }

  private Timings.Action bareFlags(int count) {
    return () ->
        imap.command("STORE 1:" + count + (++round % 2 == 0 ? " +" : " -") + "FLAGS (\\Flagged)");
  }

  private Timings.Action flags(List<String> ids, int count) {
    return () -> {
      String value = ++round % 2 == 0 ? "true" : "null";
      String updates =
          ids.stream()
              .limit(count)
              .map(id -> "\"" + id + "\":{\"keywords/$flagged\":" + value + "}")
              .collect(Collectors.joining(","));
      JsonNode answer = set("{\"accountId\":\"bench\",\"update\":{" + updates + "}}");
      if (answer.path("updated").size() != count) {
        throw new IOException(answer.toString());
      }
    };
  }

  private String imports() throws Exception {
    String inbox = inbox();
    Timings bare =
        Timings.of(
            1,
            5,
            () -> {
              for (int i = 0; i < IMPORTS; i++) {
                imap.append(nextMessage());
              }
            });
    List<String> blobs = new ArrayList<>();
    for (int i = 0; i < 6 * IMPORTS; i++) {
      blobs.add(jmap.upload("bench", nextMessage()));
    }
    int[] next = {0};
    Timings through =
        Timings.of(
            1,
            5,
            () -> {
              List<String> emails = new ArrayList<>();
              for (int i = 0; i < IMPORTS; i++) {
                emails.add(
                    "\"i%d\":{\"blobId\":\"%s\",\"mailboxIds\":{\"%s\":true}}"
                        .formatted(i, blobs.get(next[0]++), inbox));
              }
              String call =
                  "[\"Email/import\",{\"accountId\":\"bench\",\"emails\":{"
                      + String.join(",", emails)
                      + "}},\"i\"]";
              JsonNode answer = jmap.call(call, 0);
              if (answer.path("created").size() != IMPORTS) {
                throw new IOException(answer.toString());
              }
            });
    return String.format(
        Locale.ROOT,
        "bare %s; proxy %s; %.2f x",
        bare,
        through,
        through.medianMillis() / bare.medianMillis());
  }

  private String sends() throws Exception {
    byte[] message =
        "From: bench@example.test\r\nTo: other@example.test\r\nSubject: x\r\n\r\ntext\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    String identity =
        jmap.call("[\"Identity/get\",{\"accountId\":\"bench\",\"ids\":null},\"i\"]", 0)
            .at("/list/0/id")
            .asString();
    String email =
        set("""
            {"accountId":"bench","create":{"d":{"mailboxIds":{"%s":true},
              "from":[{"email":"bench@example.test"}],"to":[{"email":"other@example.test"}],
              "subject":"x","textBody":[{"partId":"1"}],
              "bodyValues":{"1":{"value":"text"}}}}}
            """
                .formatted(inbox()))
            .at("/created/d/id")
            .asString();
    String call =
        "[\"EmailSubmission/set\",{\"accountId\":\"bench\",\"create\":{\"s\":{\"identityId\":\"%s\",\"emailId\":\"%s\"}}},\"s\"]"
            .formatted(identity, email);
    return compare(
        20,
        100,
        () -> BareSmtp.send(smtp.port(), message),
        () -> {
          JsonNode answer = jmap.call(call, 0);
          if (answer.path("created").size() != 1) {
            throw new IOException(answer.toString());
          }
        });
  }

  private byte[] nextMessage() {
    return messages.message(MESSAGES + ++round, Instant.now());
  }

  private JsonNode set(String arguments) throws Exception {
    return jmap.call("[\"Email/set\"," + arguments + ",\"s\"]", 0);
  }

  private String inbox() throws Exception {
    String query =
        "[\"Mailbox/query\",{\"accountId\":\"bench\",\"filter\":{\"role\":\"inbox\"}},\"q\"]";
    return jmap.call(query, 0).at("/ids/0").asString();
  }

  /** The ids of the messages with the lowest sequence numbers. */
  private List<String> ids(int count) throws Exception {
    String query =
        "[\"Email/query\",{\"accountId\":\"bench\",\"sort\":[{\"property\":\"receivedAt\"}],\"limit\":"
            + count
            + "},\"q\"]";
    return jmap.call(query, 0).get("ids").valueStream().map(JsonNode::asString).toList();
  }

  private void awaitMessages() throws Exception {
    long giveUp = System.nanoTime() + 120_000_000_000L;
    String query = "[\"Email/query\",{\"accountId\":\"bench\",\"calculateTotal\":true},\"q\"]";
    while (jmap.call(query, 0).path("total").asInt() < MESSAGES) {
      if (System.nanoTime() > giveUp) {
        throw new IOException("the first synchronisation does not end");
      }
      Thread.sleep(100);
    }
  }
}
