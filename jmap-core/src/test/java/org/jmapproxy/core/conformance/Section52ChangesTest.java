package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;

import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.testkit.NoteType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Section52ChangesTest {

  private final NoteServer server = new NoteServer();

  private JsonNode since(String state) {
    return server.call("Note/changes", "{'accountId': 'a', 'sinceState': '" + state + "'}");
  }

  @Test
  void nothingChangedSinceTheCurrentState() {
    server.add("A");
    String state = server.state();
    assertJson(
        since(state),
        "{'accountId': 'a', 'oldState': '"
            + state
            + "', 'newState': '"
            + state
            + "', 'hasMoreChanges': false, 'created': [], 'updated': [], 'destroyed': [],"
            + " 'updatedProperties': null}");
  }

  @Test
  void createdUpdatedAndDestroyedAreToldApart() {
    String updated = server.add("A");
    String destroyed = server.add("B");
    String state = server.state();
    String created = server.add("C");
    server.notes.remove(Id.of(destroyed));
    server.call("Note/set", "{'accountId': 'a', 'update': {'" + updated + "': {'title': 'new'}}}");
    JsonNode changes = since(state);
    assertJson(changes.get("created"), "['" + created + "']");
    assertJson(changes.get("updated"), "['" + updated + "']");
    assertJson(changes.get("destroyed"), "['" + destroyed + "']");
    assertThat(changes.get("newState").stringValue()).isEqualTo(server.state());
  }

  @Test
  void manyChangesComeInPages() {
    String state = server.state();
    server.add("A");
    server.add("B");
    server.add("C");
    JsonNode first =
        server.call(
            "Note/changes", "{'accountId': 'a', 'sinceState': '" + state + "', 'maxChanges': 2}");
    assertThat(first.get("created")).hasSize(2);
    assertJson(first.get("hasMoreChanges"), "true");
    JsonNode second = since(first.get("newState").stringValue());
    assertThat(second.get("created")).hasSize(1);
    assertJson(second.get("hasMoreChanges"), "false");
  }

  @Test
  void aPageIsNeverLargerThanOneGetCanFetch() {
    String state = server.state();
    for (int i = 0; i < 12; i++) {
      server.add("A" + i);
    }
    JsonNode changes = since(state);
    assertThat(changes.get("created")).hasSize(10);
    assertJson(changes.get("hasMoreChanges"), "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "'2'"})
  void maxChangesIsAtLeastOne(String maxChanges) {
    assertThat(
            server.errorType(
                "Note/changes",
                "{'accountId': 'a', 'sinceState': 'x', 'maxChanges': " + maxChanges + "}"))
        .isEqualTo("invalidArguments");
  }

  @Test
  void sinceStateIsRequired() {
    assertThat(server.errorType("Note/changes", "{'accountId': 'a'}"))
        .isEqualTo("invalidArguments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "never", "-1"})
  void anUnknownStateCannotBeCalculatedFrom(String state) {
    assertThat(
            server.errorType("Note/changes", "{'accountId': 'a', 'sinceState': '" + state + "'}"))
        .isEqualTo("cannotCalculateChanges");
  }

  @Test
  void anAccountThatTellsNoChangesOnlyKnowsItsCurrentState() {
    server.account.without(NoteType.TYPE.changesRole());
    String state = server.state();
    assertJson(since(state).get("created"), "[]");
    server.add("A");
    assertThat(
            server.errorType("Note/changes", "{'accountId': 'a', 'sinceState': '" + state + "'}"))
        .isEqualTo("cannotCalculateChanges");
  }
}
