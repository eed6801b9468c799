package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;

import org.jmapproxy.core.testkit.NoteType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Section51GetTest {

  private final NoteServer server = new NoteServer();

  @Test
  void withoutPropertiesAllButThoseOnRequestAreReturned() {
    String id = server.add("A", "{'text': 'four'}");
    JsonNode response = server.call("Note/get", "{'accountId': 'a', 'ids': ['" + id + "']}");
    assertJson(
        response.get("list"),
        "[{'id': '"
            + id
            + "', 'title': 'A', 'text': 'four', 'parentId': null, 'related': {}, 'tags': {},"
            + " 'points': [], 'attributes': null, 'kind': 'note', 'size': 4}]");
    assertThat(response.get("accountId").stringValue()).isEqualTo("a");
    assertThat(response.get("state").stringValue()).isNotEmpty();
    assertJson(response.get("notFound"), "[]");
  }

  @Test
  void onlyTheAskedPropertiesAndTheIdAreReturned() {
    String id = server.add("A", "{'attributes': {'colour': 'red'}}");
    JsonNode response =
        server.call(
            "Note/get",
            "{'accountId': 'a', 'ids': ['"
                + id
                + "'], 'properties': ['slug', 'attribute:colour', 'slug']}");
    assertJson(
        response.get("list"), "[{'id': '" + id + "', 'slug': 'a', 'attribute:colour': 'red'}]");
  }

  @Test
  void anEmptyListOfPropertiesStillReturnsIds() {
    String id = server.add("A");
    JsonNode response =
        server.call("Note/get", "{'accountId': 'a', 'ids': null, 'properties': []}");
    assertJson(response.get("list"), "[{'id': '" + id + "'}]");
  }

  @Test
  void anUnknownPropertyIsRefused() {
    assertThat(
            server.errorType(
                "Note/get", "{'accountId': 'a', 'ids': [], 'properties': ['title', 'nope']}"))
        .isEqualTo("invalidArguments");
  }

  @Test
  void idsWithoutObjectsAreListedOnce() {
    String id = server.add("A");
    JsonNode response =
        server.call(
            "Note/get",
            "{'accountId': 'a', 'ids': ['gone', '"
                + id
                + "', 'not an id!', '', '#new', 'gone', '"
                + id
                + "'], 'properties': ['id']}");
    assertJson(response.get("list"), "[{'id': '" + id + "'}]");
    assertThat(response.get("notFound"))
        .extracting(JsonNode::stringValue)
        .containsExactlyInAnyOrder("gone", "not an id!", "", "#new");
  }

  @Test
  void nullAndAbsentIdsListEverything() {
    server.add("A");
    server.add("B");
    assertThat(server.call("Note/get", "{'accountId': 'a'}").get("list")).hasSize(2);
    assertThat(server.call("Note/get", "{'accountId': 'a', 'ids': null}").get("list")).hasSize(2);
  }

  @Test
  void idsAreRequiredWhereTheTypeSaysSo() {
    NoteServer strict = new NoteServer(NoteType.builder("Note").idsRequired().build());
    JsonNode error = strict.error("Note/get", "{'accountId': 'a', 'ids': null}");
    assertJson(error.get("type"), "'invalidArguments'");
    assertJson(error.get("arguments"), "['ids']");
  }

  @Test
  void moreThanMaxObjectsInGetAreTooMany() {
    for (int i = 0; i < 10; i++) {
      server.add("A" + i);
    }
    assertThat(server.call("Note/get", "{'accountId': 'a'}").get("list")).hasSize(10);
    server.add("B");
    assertThat(server.errorType("Note/get", "{'accountId': 'a'}")).isEqualTo("requestTooLarge");
    assertThat(
            server.errorType(
                "Note/get",
                "{'accountId': 'a', 'ids': ['1','2','3','4','5','6','7','8','9','10','11']}"))
        .isEqualTo("requestTooLarge");
  }

  @Test
  void extraArgumentsReachTheRenderer() {
    server.add("quiet");
    JsonNode list =
        server
            .call("Note/get", "{'accountId': 'a', 'shout': true, 'properties': ['title']}")
            .get("list");
    assertJson(list.get(0).get("title"), "'QUIET'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'accountId': null}",
        "{'accountId': 7}",
        "{'accountId': 'a', 'ids': 'x'}",
        "{'accountId': 'a', 'ids': [1]}",
        "{'accountId': 'a', 'ids': {}}",
        "{'accountId': 'a', 'properties': 'id'}",
        "{'accountId': 'a', 'properties': [null]}",
        "{'accountId': 'a', 'shout': 'yes'}",
        "{'accountId': 'a', 'shout': null}",
        "{'accountId': 'a', 'whisper': true}"
      })
  void malformedArgumentsAreRefused(String arguments) {
    assertThat(server.errorType("Note/get", arguments)).isEqualTo("invalidArguments");
  }

  @Test
  void theArgumentAtFaultIsNamed() {
    assertJson(server.error("Note/get", "{}").get("arguments"), "['accountId']");
    assertJson(
        server.error("Note/get", "{'accountId': 'a', 'whisper': 1}").get("arguments"),
        "['whisper']");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "../../etc", "A"})
  void unknownAccountsAreNotFound(String accountId) {
    assertThat(server.errorType("Note/get", "{'accountId': '" + accountId + "'}"))
        .isEqualTo("accountNotFound");
  }

  @Test
  void anAccountWithoutTheTypeIsNotSupported() {
    server.account.without(NoteType.TYPE.readRole());
    assertThat(server.errorType("Note/get", "{'accountId': 'a'}"))
        .isEqualTo("accountNotSupportedByMethod");
  }

  @Test
  void withoutChangesTheStateIsADigestOfTheObjects() {
    server.account.without(NoteType.TYPE.changesRole());
    String empty = server.state();
    String id = server.add("A");
    String one = server.state();
    assertThat(one).isNotEqualTo(empty).isEqualTo(server.state());
    server.call("Note/set", "{'accountId': 'a', 'update': {'" + id + "': {'tags/x': true}}}");
    assertThat(server.state()).isNotEqualTo(one);
    server.call("Note/set", "{'accountId': 'a', 'update': {'" + id + "': {'tags/x': null}}}");
    assertThat(server.state()).isEqualTo(one);
  }
}
