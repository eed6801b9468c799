package org.jmapproxy.mail.email.compose;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Writes address lists (RFC 5322 section 3.4). A draft may hold addresses that are none: they are
 * written so that they come back, and do no harm to others.
 */
final class AddressText {

  private AddressText() {}

  /** The words of a list of EmailAddress objects. */
  static List<String> addresses(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(address -> append(words, address(address), ","));
    return words;
  }

  /** The words of a list of EmailAddressGroup objects. */
  static List<String> groups(JsonNode list) {
    List<String> words = new ArrayList<>();
    for (JsonNode group : list) {
      List<String> members = new ArrayList<>(addresses(group.path("addresses")));
      String name = group.path("name").asString("");
      if (!name.isBlank()) {
        List<String> display = new ArrayList<>(phrase(name));
        suffix(display, ":");
        members.addAll(0, display);
        suffix(members, ";");
      }
      append(words, members, ",");
    }
    return words;
  }

  private static List<String> address(JsonNode address) {
    String email = EncodedText.clean(address.path("email").asString("")).strip();
    String name = address.path("name").asString("");
    if (name.isBlank() && !email.isEmpty() && email.chars().noneMatch(AddressText::isSpecial)) {
      return List.of(email);
    }
    List<String> words = new ArrayList<>(name.isBlank() ? List.of() : phrase(name));
    words.add("<" + email.replaceAll("[<>]", "") + ">");
    return words;
  }

  private static List<String> phrase(String name) {
    String clean = EncodedText.clean(name).strip();
    if (EncodedText.isDifficult(clean)) {
      return EncodedText.encoded(clean);
    }
    boolean plain = clean.chars().allMatch(c -> c == ' ' || isAtomText(c));
    return plain
        ? List.of(clean.split(" +"))
        : List.of("\"" + clean.replaceAll("([\"\\\\])", "\\\\$1") + "\"");
  }

  private static void append(List<String> words, List<String> more, String separator) {
    if (!more.isEmpty()) {
      if (!words.isEmpty()) {
        suffix(words, separator);
      }
      words.addAll(more);
    }
  }

  private static void suffix(List<String> words, String mark) {
    int last = words.size() - 1;
    if (last >= 0) {
      words.set(last, words.get(last) + mark);
    } else {
      words.add(mark);
    }
  }

  private static boolean isSpecial(int c) {
    return c <= ' ' || "()<>[]:;,\\\"".indexOf(c) >= 0;
  }

  private static boolean isAtomText(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }
}
