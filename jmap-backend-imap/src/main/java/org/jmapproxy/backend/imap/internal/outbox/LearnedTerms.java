package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jmapproxy.backend.imap.internal.smtp.SmtpExtensions;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.mail.submission.SubmissionTerms;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was learned about an account's submission server; outlives connections and restarts.
 * Thread-safe.
 */
final class LearnedTerms implements SubmissionTerms {

  private static final String NOTE = "smtp.extensions";
  private static final int MOST_RECIPIENTS = 500;

  /** Extensions with parameters that clients have a use for. */
  private static final Set<String> USEFUL =
      Set.of("SIZE", "8BITMIME", "SMTPUTF8", "DSN", "DELIVERBY", "MT-PRIORITY", "REQUIRETLS");

  private final Notes notes;
  private final Duration maxDelay;
  private volatile SmtpExtensions known;

  LearnedTerms(Notes notes, Duration maxDelay) {
    this.notes = notes;
    this.maxDelay = maxDelay;
    this.known = notes.find(NOTE).map(LearnedTerms::read).orElse(new SmtpExtensions(Map.of()));
  }

  /** Whether the server was ever heard. */
  boolean isKnown() {
    return notes.find(NOTE).isPresent();
  }

  /** Remembers what a server said. */
  void learn(SmtpExtensions heard) {
    Map<String, List<String>> useful = new TreeMap<>(heard.arguments());
    useful.keySet().retainAll(USEFUL);
    SmtpExtensions now = new SmtpExtensions(useful);
    if (!now.equals(known) || !isKnown()) {
      notes.put(NOTE, write(now));
      known = now;
    }
  }

  @Override
  public Duration maxDelayedSend() {
    return maxDelay;
  }

  @Override
  public Map<String, List<String>> extensions() {
    return known.arguments();
  }

  @Override
  public OptionalLong maxSize() {
    return known.maxSize();
  }

  @Override
  public int maxRecipients() {
    return MOST_RECIPIENTS;
  }

  private static String write(SmtpExtensions extensions) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    extensions
        .arguments()
        .forEach(
            (keyword, arguments) -> {
              ArrayNode array = json.putArray(keyword);
              arguments.forEach(array::add);
            });
    return json.toString();
  }

  private static SmtpExtensions read(String note) {
    Map<String, List<String>> arguments = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : JsonMapper.shared().readTree(note).properties()) {
      List<String> values = new ArrayList<>();
      entry.getValue().forEach(value -> values.add(value.stringValue()));
      arguments.put(entry.getKey(), values);
    }
    return new SmtpExtensions(arguments);
  }
}
