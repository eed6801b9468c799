package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;
import static org.jmapproxy.core.conformance.NoteServer.text;

import java.util.Objects;
import org.jmapproxy.core.testkit.NoteType;
import org.jmapproxy.core.type.CopyRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class Section54CopyTest {

  private final NoteServer server = new NoteServer();

  private static String copy(String members) {
    return "{'fromAccountId': 'a', 'accountId': 'b', " + members + "}";
  }

  private String stateOf(String accountId) {
    return text(server.call("Note/get", "{'accountId': '" + accountId + "', 'ids': []}"), "state");
  }

  @Test
  void aCopyHasAllThatClientsMaySet() {
    String id = server.add("A", "{'text': 'four', 'tags': {'x': true}, 'kind': 'task'}");
    JsonNode response = server.call("Note/copy", copy("'create': {'k': {'id': '" + id + "'}}"));
    String copied = text(response.get("created").get("k"), "id");
    JsonNode note =
        server.call("Note/get", "{'accountId': 'b', 'ids': ['" + copied + "']}").get("list").get(0);
    assertJson(note.get("title"), "'A'");
    assertJson(note.get("tags"), "{'x': true}");
    assertJson(note.get("kind"), "'task'");
    assertJson(note.get("size"), "4");
    assertThat(server.notes.all()).hasSize(1);
    assertJson(response.get("fromAccountId"), "'a'");
    assertJson(response.get("accountId"), "'b'");
    assertThat(response.get("notCreated").isNull()).isTrue();
    assertThat(text(response, "oldState")).isNotEqualTo(text(response, "newState"));
    assertThat(text(response, "newState")).isEqualTo(stateOf("b"));
  }

  @Test
  void givenPropertiesReplaceThoseOfTheOriginal() {
    String id = server.add("A", "{'text': 'four'}");
    JsonNode created =
        server
            .call("Note/copy", copy("'create': {'k': {'id': '" + id + "', 'title': 'B'}}"))
            .get("created");
    assertThat(text(created.get("k"), "id")).isNotEmpty();
    assertThat(server.otherNotes.all().get(0).title()).isEqualTo("B");
    assertThat(server.otherNotes.all().get(0).size()).isEqualTo(4);
  }

  @Test
  void copiesFailOneByOne() {
    String id = server.add("A");
    JsonNode response =
        server.call(
            "Note/copy",
            copy(
                "'create': {'k': {'id': '"
                    + id
                    + "'}, 'gone': {'id': 'gone'}, 'none': {'title': 'B'}, 'wrong': {'id': '"
                    + id
                    + "', 'size': 3}}"));
    assertThat(response.get("created").propertyNames()).containsExactly("k");
    JsonNode failed = response.get("notCreated");
    assertJson(failed.get("gone").get("type"), "'notFound'");
    assertJson(failed.get("none").get("properties"), "['id']");
    assertJson(failed.get("wrong").get("properties"), "['size']");
  }

  @Test
  void originalsOfSuccessfulCopiesAreDestroyedIfAsked() {
    String id = server.add("A");
    JsonNode responses =
        server.calls(
            "[['Note/copy', "
                + copy(
                    "'onSuccessDestroyOriginal': true, 'create': {'k': {'id': '"
                        + id
                        + "'}, 'l': {'id': '"
                        + id
                        + "'}, 'gone': {'id': 'gone'}}")
                + ", 'x'], ['Note/get', {'accountId': 'b', 'ids': ['#k', '#l']}, 'y']]");
    assertThat(responses).hasSize(3);
    assertJson(responses.get(1).get(0), "'Note/set'");
    assertJson(responses.get(1).get(2), "'x'");
    assertJson(responses.get(1).get(1).get("accountId"), "'a'");
    assertJson(responses.get(1).get(1).get("destroyed"), "['" + id + "']");
    assertThat(responses.get(2).get(1).get("list")).hasSize(2);
  }

  @Test
  void nothingIsDestroyedInAnotherState() {
    String id = server.add("A");
    JsonNode responses =
        server.calls(
            "[['Note/copy', "
                + copy(
                    "'onSuccessDestroyOriginal': true, 'destroyFromIfInState': 'old', 'create':"
                        + " {'k': {'id': '"
                        + id
                        + "'}}")
                + ", 'x']]");
    assertJson(responses.get(0).get(0), "'Note/copy'");
    assertJson(responses.get(1).get(1).get("type"), "'stateMismatch'");
    assertThat(server.notes.all()).hasSize(1);
  }

  @Test
  void withoutASuccessNothingIsDestroyed() {
    JsonNode responses =
        server.calls(
            "[['Note/copy', "
                + copy("'onSuccessDestroyOriginal': true, 'create': {'k': {'id': 'gone'}}")
                + ", 'x']]");
    assertThat(responses).hasSize(1);
  }

  @Test
  void statesAreCheckedInBothAccounts() {
    String id = server.add("A");
    String create = ", 'create': {'k': {'id': '" + id + "'}}";
    assertThat(server.errorType("Note/copy", copy("'ifInState': 'old'" + create)))
        .isEqualTo("stateMismatch");
    assertThat(server.errorType("Note/copy", copy("'ifFromInState': 'old'" + create)))
        .isEqualTo("stateMismatch");
    JsonNode response =
        server.call(
            "Note/copy",
            copy(
                "'ifInState': '"
                    + stateOf("b")
                    + "', 'ifFromInState': '"
                    + stateOf("a")
                    + "'"
                    + create));
    assertThat(response.get("created").has("k")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'fromAccountId': 'a', 'accountId': 'a', 'create': {}}|invalidArguments",
        "{'fromAccountId': 'x', 'accountId': 'x', 'create': {}}|invalidArguments",
        "{'accountId': 'a', 'create': {}}|invalidArguments",
        "{'fromAccountId': 'a', 'accountId': 'b'}|invalidArguments",
        "{'fromAccountId': 'a', 'accountId': 'b', 'create': null}|invalidArguments",
        "{'fromAccountId': 'a', 'accountId': 'b', 'create': {'k': 1}}|invalidArguments",
        "{'fromAccountId': 'a', 'accountId': 'b', 'create': {}, 'ids': []}|invalidArguments",
        "{'fromAccountId': 'x', 'accountId': 'b', 'create': {}}|fromAccountNotFound",
        "{'fromAccountId': '!', 'accountId': 'b', 'create': {}}|fromAccountNotFound",
        "{'fromAccountId': 'a', 'accountId': 'x', 'create': {}}|accountNotFound"
      })
  void wrongCallsAreRefused(String arguments, String type) {
    assertThat(server.errorType("Note/copy", arguments)).isEqualTo(type);
  }

  @Test
  void accountsThatCannotTakePartAreNamed() {
    server.other.readOnly();
    assertThat(server.errorType("Note/copy", copy("'create': {}"))).isEqualTo("accountReadOnly");
    server.account.without(NoteType.TYPE.readRole());
    assertThat(server.errorType("Note/copy", copy("'create': {}")))
        .isEqualTo("fromAccountNotSupportedByMethod");
    NoteServer reverse = new NoteServer();
    reverse.other.without(NoteType.TYPE.readRole());
    assertThat(reverse.errorType("Note/copy", copy("'create': {}")))
        .isEqualTo("accountNotSupportedByMethod");
  }

  @Test
  void aTypeMayCopyInItsOwnWay() {
    CopyRecipe recipe =
        (call, from, to, create) -> {
          ObjectNode created = JsonNodeFactory.instance.objectNode();
          create.forEachEntry(
              (creationId, object) ->
                  created.set(
                      creationId,
                      JsonNodeFactory.instance
                          .objectNode()
                          .put("id", from + "-" + to + "-" + object.path("id").stringValue())));
          return new CopyRecipe.Result(created, JsonNodeFactory.instance.objectNode());
        };
    NoteServer own = new NoteServer(NoteType.builder("Note").copyRecipe(recipe).build());
    JsonNode response = own.call("Note/copy", copy("'create': {'k': {'id': 'n'}}"));
    JsonNode created = Objects.requireNonNull(response.get("created"));
    assertJson(created, "{'k': {'id': 'a-b-n'}}");
  }
}
