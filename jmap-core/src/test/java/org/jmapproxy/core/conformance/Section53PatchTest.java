package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Section53PatchTest {

  private final NoteServer server = new NoteServer();
  private final String id =
      server.add(
          "A",
          "{'text': 'long', 'tags': {'x': true, 'a/b': true, 'c~d': true}, 'points': [1, 2],"
              + " 'attributes': {'deep': {'one': 1, 'two': 2}, 'list': [{'n': 1}], 'none': null}}");

  private JsonNode patch(String patch) {
    return server.call("Note/set", "{'accountId': 'a', 'update': {'" + id + "': " + patch + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'tags/y': true}|tags|{'x':true,'a/b':true,'c~d':true,'y':true}",
        "{'tags/x': null, 'tags/a~1b': null}|tags|{'c~d':true}",
        "{'tags/c~0d': null}|tags|{'x':true,'a/b':true}",
        "{'tags/unknown': null}|tags|{'x':true,'a/b':true,'c~d':true}",
        "{'tags': {'z': true}}|tags|{'z':true}",
        "{'tags': null}|tags|{}",
        "{'text': null}|text|''",
        "{'points': [3]}|points|[3]",
        "{'points': null}|points|[]",
        "{'attributes/deep/one': 7}|attributes|"
            + "{'deep':{'one':7,'two':2},'list':[{'n':1}],'none':null}",
        "{'attributes/deep/one': null, 'attributes/list': []}|attributes|"
            + "{'deep':{'two':2},'list':[],'none':null}",
        "{'attributes/new': {'a': {}}}|attributes|"
            + "{'deep':{'one':1,'two':2},'list':[{'n':1}],'none':null,'new':{'a':{}}}",
        "{'attributes': null}|attributes|null",
        "{}|text|'long'"
      })
  void aPatchChangesExactlyWhatItSays(String patch, String property, String expected) {
    JsonNode response = patch(patch);
    assertThat(response.get("updated").has(id)).as("%s", response).isTrue();
    assertJson(server.note(id).get(property), expected);
    assertJson(server.note(id).get("title"), "'A'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'attributes/list/0/n': 2}",
        "{'attributes/list/0': {}}",
        "{'points/0': 2}",
        "{'points/-': 2}",
        "{'attributes/missing/one': 1}",
        "{'attributes/deep/one/more': 1}",
        "{'attributes/none/more': 1}",
        "{'nope/one': 1}",
        "{'title/one': 1}",
        "{'parentId/one': 1}",
        "{'/tags/x': true}",
        "{'attributes/deep': {}, 'attributes/deep/one': 1}",
        "{'attributes/deep/one': 1, 'attributes': {}}",
        "{'tags': {}, 'tags/x': null}",
        "{'tags/a~2b': true}",
        "{'tags/a~': true}"
      })
  void aPatchAgainstTheRulesIsInvalid(String patch) {
    JsonNode before = server.note(id);
    JsonNode error = patch(patch).get("notUpdated").get(id);
    assertJson(error.get("type"), "'invalidPatch'");
    assertThat(server.note(id)).isEqualTo(before);
  }

  @Test
  void similarPointersAreNoPrefixes() {
    JsonNode response = patch("{'tags/x': null, 'tags/xy': true, 'text': 't', 'title': 'B'}");
    assertThat(response.get("updated").has(id)).isTrue();
    assertJson(server.note(id).get("tags"), "{'a/b': true, 'c~d': true, 'xy': true}");
  }

  @Test
  void nothingOfAWrongPatchIsApplied() {
    patch("{'title': 'B', 'tags/y': true, 'points/0': 9}");
    patch("{'title': 'B', 'tags/y': true, 'size': 9}");
    assertJson(server.note(id).get("title"), "'A'");
    assertThat(server.note(id).get("tags").has("y")).isFalse();
  }

  @Test
  void anObjectUpdatedUnderTwoNamesIsUpdatedOnce() {
    JsonNode response =
        server
            .calls(
                "[['Note/set', {'accountId': 'a', 'create': {'k': {'title': 'K'}}}, '0'],"
                    + "['Note/set', {'accountId': 'a', 'update': {'#k': {'title': 'one'},"
                    + " 'note2': {'title': 'two'}}}, '1']]")
            .get(1)
            .get(1);
    assertThat(response.get("updated").propertyNames()).containsExactly("note2");
    assertJson(response.get("notUpdated").get("note2").get("type"), "'invalidPatch'");
    assertJson(server.note("note2").get("title"), "'one'");
  }
}
