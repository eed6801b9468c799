package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.testkit.InMemoryAccount;
import org.jmapproxy.core.testkit.InMemoryObjects;
import org.jmapproxy.core.testkit.Note;
import org.jmapproxy.core.testkit.NoteType;
import org.jmapproxy.core.testkit.NoteUpdate;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server with the accounts {@code a} and {@code b}, both with notes. */
final class NoteServer {

  /** At most ten objects at a time. */
  private static final Limits SMALL =
      new Limits(1000, 4, 100_000, 4, 16, 10, 10, Duration.ofSeconds(1), Duration.ofSeconds(30));

  final InMemoryAccount account = new InMemoryAccount(Id.of("a"));
  final InMemoryAccount other = new InMemoryAccount(Id.of("b"));
  final InMemoryObjects<Note, ObjectNode, NoteUpdate> notes;
  final InMemoryObjects<Note, ObjectNode, NoteUpdate> otherNotes;
  private final TestServer server;

  NoteServer() {
    this(NoteType.TYPE);
  }

  NoteServer(DataType<Note, ObjectNode, NoteUpdate> type) {
    notes = NoteType.addTo(account, type);
    otherNotes = NoteType.addTo(other, type);
    server = TestServer.with(SMALL, NoteType.module(type)).account(account).account(other);
  }

  /** Adds a note with nothing but a title. */
  String add(String title) {
    return notes.add(NoteType.titled(title)).id().value();
  }

  /** Adds a note with other properties than the usual ones. */
  String add(String title, String properties) {
    ObjectNode all = NoteType.titled(title);
    all.setAll(TestServer.json(properties).asObject());
    return notes.add(all).id().value();
  }

  /** The responses to calls. */
  JsonNode calls(String methodCalls) {
    return server.calls(methodCalls);
  }

  /** The arguments of the only response to a call that must succeed. */
  JsonNode call(String method, String arguments) {
    JsonNode responses = calls("[['" + method + "', " + arguments + ", 'c']]");
    assertThat(responses.get(0).get(0).stringValue()).as("%s", responses).isEqualTo(method);
    assertThat(responses).hasSize(1);
    return responses.get(0).get(1);
  }

  /** The error that a call must end with. */
  JsonNode error(String method, String arguments) {
    JsonNode response = calls("[['" + method + "', " + arguments + ", 'c']]").get(0);
    assertThat(response.get(0).stringValue()).as("%s", response).isEqualTo("error");
    return response.get(1);
  }

  /** The type of the error that a call must end with. */
  String errorType(String method, String arguments) {
    return error(method, arguments).get("type").stringValue();
  }

  /** The note as /get shows it. */
  JsonNode note(String id) {
    return call("Note/get", "{'accountId': 'a', 'ids': ['" + id + "']}").get("list").path(0);
  }

  /** The current state. */
  String state() {
    return call("Note/get", "{'accountId': 'a', 'ids': []}").get("state").stringValue();
  }

  /** Asserts JSON, with single quotes for double quotes. */
  static void assertJson(JsonNode actual, String expected) {
    assertThat(actual).isEqualTo(TestServer.json(expected));
  }

  /** The text of a member that must be there. */
  static String text(JsonNode object, String name) {
    return Objects.requireNonNull(object.get(name)).stringValue();
  }

  /** Fills in values: {@code {name}} by the value of that name. */
  static String fill(String template, Map<String, String> values) {
    String filled = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
