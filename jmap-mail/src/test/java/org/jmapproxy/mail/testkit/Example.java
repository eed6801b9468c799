package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests with the responses that are expected, as JSON: {@code messages} that are there before,
 * and {@code steps}. A string that begins with a question mark is a name: where it is first met in
 * a response it takes the value found there, from then on it stands for it. A member {@code "..."}
 * lets an object have more members, an object with {@code "in any order"} is an array of which the
 * order does not matter. {@code ?account}, {@code ?inbox}, {@code ?otherAccount} and {@code
 * ?otherInbox} are known from the start, messages by their {@code name}.
 */
public final class Example {
  private static final String MORE = "...";
  private static final String UNORDERED = "in any order";

  private final MemoryMail other = new MemoryMail("other");
  private final MailClient client =
      new MailClient(new MemoryMail("jane").account(), other.account());
  private final String inbox = client.mailboxOfRole("inbox");
  private final Map<String, JsonNode> known = new HashMap<>();
  private int messages;

  /** An example on empty accounts. */
  public Example() {
    know("?account", "jane");
    know("?inbox", inbox);
    know("?otherAccount", "other");
    know("?otherInbox", new MailClient(other.account()).mailboxOfRole("inbox"));
  }

  /** Plays an example. */
  public void run(JsonNode example) {
    example.get("messages").forEach(this::importMessage);
    for (JsonNode step : example.get("steps")) {
      if (step.has("import")) {
        importMessage(step.get("import"));
      } else {
        JsonNode response = client.request(known(step.get("request")).toString());
        compare(step.get("response"), response, "response");
      }
    }
  }

  private void importMessage(JsonNode json) {
    List<String> header = new ArrayList<>();
    json.get("header").forEach(field -> header.add(field.stringValue()));
    List<String> keywords = new ArrayList<>();
    json.path("keywords").forEach(keyword -> keywords.add(keyword.stringValue()));
    Instant receivedAt =
        Instant.parse(json.path("receivedAt").stringValue("2018-01-01T00:00:00Z"))
            .plusSeconds(messages++);
    String body = json.get("body").stringValue();
    Message message = new Message(header, body, keywords, receivedAt);
    know(json.get("name").stringValue(), client.importMessage(message, inbox));
  }

  private void know(String name, String value) {
    known.put(name, JsonNodeFactory.instance.stringNode(value));
  }

  private JsonNode known(JsonNode template) {
    if (template.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      template.forEach(item -> array.add(known(item)));
      return array;
    } else if (template.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      template
          .properties()
          .forEach(member -> object.set(name(member.getKey()), known(member.getValue())));
      return object;
    }
    return template.isString() ? known.getOrDefault(template.stringValue(), template) : template;
  }

  private String name(String name) {
    JsonNode value = known.get(name);
    return value == null ? name : value.stringValue();
  }

  private void compare(JsonNode expected, JsonNode found, String where) {
    if (expected.isString() && expected.stringValue().startsWith("?")) {
      JsonNode value = known.putIfAbsent(expected.stringValue(), found);
      assertThat(found).as("%s %s", where, expected).isEqualTo(value == null ? found : value);
    } else if (expected.has(UNORDERED)) {
      assertThat(found.valueStream().toList())
          .as(where)
          .containsExactlyInAnyOrderElementsOf(
              known(expected.get(UNORDERED)).valueStream().toList());
    } else if (expected.isObject()) {
      assertThat(found.isObject()).as("%s: %s", where, found).isTrue();
      compareMembers(expected, found, where);
    } else if (expected.isArray()) {
      assertThat(found.size()).as("%s: %s", where, found).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        compare(expected.get(i), found.get(i), where + "/" + i);
      }
    } else {
      assertThat(found).as(where).isEqualTo(expected);
    }
  }

  private void compareMembers(JsonNode expected, JsonNode found, String where) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      String name = member.getKey();
      if (name.startsWith("?") && !known.containsKey(name)) {
        assertThat(found.size()).as("%s: %s", where, found).isEqualTo(1);
        know(name, found.propertyNames().iterator().next());
      }
      if (!name.equals(MORE)) {
        assertThat(found.has(name(name))).as("%s/%s in %s", where, name, found).isTrue();
        compare(member.getValue(), found.get(name(name)), where + "/" + name);
      }
    }
    if (!expected.has(MORE)) {
      assertThat(found.size()).as("%s: %s", where, found).isEqualTo(expected.size());
    }
  }
}
