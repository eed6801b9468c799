package org.jmapproxy.backend.imap.internal.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a server offers in its answer to EHLO.
 *
 * @param arguments the arguments by keyword in upper case
 */
public record SmtpExtensions(Map<String, List<String>> arguments) {

  private static final int MOST = 100;

  /** Copies the map. */
  public SmtpExtensions {
    arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
  }

  /** Reads the reply to EHLO; its first line names the server. */
  static SmtpExtensions of(SmtpReply reply) {
    Map<String, List<String>> arguments = new TreeMap<>();
    for (String line : reply.lines().subList(1, Math.min(MOST, reply.lines().size()))) {
      List<String> words = new ArrayList<>(List.of(line.strip().split("[ =]+")));
      String keyword = words.remove(0).toUpperCase(Locale.ROOT);
      if (keyword.matches("[A-Z0-9][A-Z0-9-]{0,50}")) {
        arguments.merge(keyword, List.copyOf(words), SmtpExtensions::both);
      }
    }
    return new SmtpExtensions(arguments);
  }

  /** Whether an extension is offered. */
  public boolean has(String keyword) {
    return arguments.containsKey(keyword);
  }

  /** Whether a way to log in is offered. */
  public boolean hasLogin(String mechanism) {
    return arguments.getOrDefault("AUTH", List.of()).stream().anyMatch(mechanism::equalsIgnoreCase);
  }

  /** The largest message that the server takes, if it says so. */
  public OptionalLong maxSize() {
    return arguments.getOrDefault("SIZE", List.of()).stream()
        .filter(text -> text.matches("[1-9][0-9]{0,17}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static List<String> both(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
