package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;
import static org.jmapproxy.core.conformance.NoteServer.text;

import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.testkit.NoteType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Section53SetTest {

  private final NoteServer server = new NoteServer();

  private JsonNode set(String members) {
    return server.call("Note/set", "{'accountId': 'a', " + members + "}");
  }

  @Test
  void aSetOfNothingChangesNothing() {
    String state = server.state();
    assertJson(
        server.call("Note/set", "{'accountId': 'a'}"),
        "{'accountId': 'a', 'oldState': '"
            + state
            + "', 'newState': '"
            + state
            + "', 'created': null, 'updated': null, 'destroyed': null, 'notCreated': null,"
            + " 'notUpdated': null, 'notDestroyed': null}");
  }

  @Test
  void aCreationShowsWhatTheServerSetAndWhatWasLeftOut() {
    JsonNode response = set("'create': {'k': {'title': 'A', 'text': 'four', 'tags': {'x': true}}}");
    JsonNode created = response.get("created").get("k");
    String id = text(created, "id");
    assertJson(
        created,
        "{'id': '"
            + id
            + "', 'parentId': null, 'related': {}, 'points': [], 'kind': 'note', 'size': 4}");
    assertThat(text(response, "newState")).isNotEqualTo(text(response, "oldState"));
    assertThat(text(response, "newState")).isEqualTo(server.state());
    assertJson(server.note(id).get("tags"), "{'x': true}");
  }

  @Test
  void everyPropertyAtFaultIsNamed() {
    JsonNode error =
        set("'create': {'k': {'id': 'mine', 'text': 7, 'tags': {'x': false}, 'nope': 1,"
                + " 'size': 4, 'parentId': 'not an id!', 'slug': 's'}}")
            .get("notCreated")
            .get("k");
    assertJson(error.get("type"), "'invalidProperties'");
    assertThat(error.get("properties"))
        .extracting(JsonNode::stringValue)
        .containsExactlyInAnyOrder(
            "id", "text", "tags", "nope", "size", "parentId", "slug", "title");
  }

  @Test
  void theTypesOwnRulesHoldToo() {
    JsonNode response = set("'create': {'k': {'title': ''}, 'l': {'title': 'fine'}}");
    assertJson(response.get("notCreated").get("k").get("properties"), "['title']");
    assertThat(response.get("created").get("l")).isNotNull();
  }

  @Test
  void creationsMayReferToEachOtherInAnyOrder() {
    JsonNode created =
        set("'create': {'leaf': {'title': 'leaf', 'parentId': '#twig'},"
                + " 'root': {'title': 'root'},"
                + " 'twig': {'title': 'twig', 'parentId': '#root', 'related': {'#root': true}}}")
            .get("created");
    String root = text(created.get("root"), "id");
    String twig = text(created.get("twig"), "id");
    JsonNode note = server.note(twig);
    assertJson(note.get("parentId"), "'" + root + "'");
    assertJson(note.get("related"), "{'" + root + "': true}");
    assertJson(server.note(text(created.get("leaf"), "id")).get("parentId"), "'" + twig + "'");
  }

  @Test
  void creationsThatReferInACircleOrToNothingFail() {
    JsonNode response =
        set(
            "'create': {'a': {'title': 'a', 'parentId': '#b'},"
                + " 'b': {'title': 'b', 'parentId': '#a'},"
                + " 'self': {'title': 's', 'parentId': '#self'},"
                + " 'lost': {'title': 'l', 'related': {'#nobody': true}},"
                + " 'fine': {'title': '#a'}}");
    assertThat(response.get("created").propertyNames()).containsExactly("fine");
    for (String failed : new String[] {"a", "b", "self"}) {
      assertJson(response.get("notCreated").get(failed).get("type"), "'invalidProperties'");
      assertJson(response.get("notCreated").get(failed).get("properties"), "['parentId']");
    }
    assertJson(response.get("notCreated").get("lost").get("properties"), "['related']");
  }

  @Test
  void whatDependsOnAFailedCreationFails() {
    JsonNode response =
        set(
            "'create': {'child': {'title': 'c', 'parentId': '#parent'},"
                + " 'parent': {'title': 7}}");
    assertJson(response.get("notCreated").get("child").get("properties"), "['parentId']");
    assertThat(response.get("created").isNull()).isTrue();
  }

  @Test
  void creationIdsWorkInUpdatesAndDestructionsOfTheSameCall() {
    String id = server.add("A");
    JsonNode response =
        set(
            "'create': {'k': {'title': 'K'}, 'l': {'title': 'L'}, 'm': {'title': 'M'}},"
                + " 'update': {'"
                + id
                + "': {'parentId': '#k', 'related/#l': true}, '#l': {'title': 'renamed'}},"
                + " 'destroy': ['#m']");
    String k = text(response.get("created").get("k"), "id");
    String l = text(response.get("created").get("l"), "id");
    String m = text(response.get("created").get("m"), "id");
    assertJson(server.note(id).get("parentId"), "'" + k + "'");
    assertJson(server.note(id).get("related"), "{'" + l + "': true}");
    assertJson(server.note(l).get("title"), "'renamed'");
    assertThat(response.get("updated").propertyNames()).containsExactlyInAnyOrder(id, l);
    assertJson(response.get("destroyed"), "['" + m + "']");
  }

  @Test
  void creationIdsReachLaterCallsOfTheRequest() {
    JsonNode responses =
        server.calls(
            "[['Note/set', {'accountId': 'a', 'create': {'k': {'title': 'K'}}}, '0'],"
                + "['Note/set', {'accountId': 'a', 'create': {'l': {'title': 'L',"
                + " 'parentId': '#k'}}}, '1'],"
                + "['Note/get', {'accountId': 'a', 'ids': ['#l', '#k', '#x']}, '2']]");
    String k = text(responses.get(0).get(1).get("created").get("k"), "id");
    JsonNode get = responses.get(2).get(1);
    assertJson(get.get("list").get(0).get("parentId"), "'" + k + "'");
    assertThat(get.get("list")).hasSize(2);
    assertJson(get.get("notFound"), "['#x']");
  }

  @Test
  void aReusedCreationIdMeansTheNewObject() {
    JsonNode responses =
        server.calls(
            "[['Note/set', {'accountId': 'a', 'create': {'k': {'title': 'old'}}}, '0'],"
                + "['Note/set', {'accountId': 'a', 'create': {'k': {'title': 'new'},"
                + " 'l': {'title': 'L', 'parentId': '#k'}}}, '1']]");
    JsonNode second = responses.get(1).get(1).get("created");
    assertJson(
        server.note(text(second.get("l"), "id")).get("parentId"),
        "'" + text(second.get("k"), "id") + "'");
  }

  @Test
  void updatesShowOnlyWhatTheServerChanged() {
    String id = server.add("A");
    JsonNode response = set("'update': {'" + id + "': {'title': 'B'}}");
    assertJson(response.get("updated"), "{'" + id + "': null}");
    response = set("'update': {'" + id + "': {'text': 'four'}}");
    assertJson(response.get("updated"), "{'" + id + "': {'size': 4}}");
  }

  @Test
  void aWholeObjectMayBeSentBack() {
    String id = server.add("A", "{'text': 'four'}");
    String whole = server.note(id).toString().replace('"', '\'').replace("'A'", "'B'");
    assertJson(
        set("'update': {'" + id + "': " + whole + "}").get("updated"), "{'" + id + "': null}");
    assertJson(server.note(id).get("title"), "'B'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'id': 'other'}|['id']",
        "{'size': 9}|['size']",
        "{'size': null}|['size']",
        "{'kind': 'task'}|['kind']",
        "{'nope': 1, 'size': 9, 'text': 7}|['nope','size','text']",
        "{'parentId': '#nobody'}|['parentId']",
        "{'related/#nobody': true}|['related']",
        "{'tags/x': 1}|['tags']",
        "{'title': null}|['title']",
        "{'title': ''}|['title']"
      })
  void wrongUpdatesNameTheirProperties(String patch, String properties) {
    String id = server.add("A");
    JsonNode error = set("'update': {'" + id + "': " + patch + "}").get("notUpdated").get(id);
    assertJson(error.get("type"), "'invalidProperties'");
    assertJson(error.get("properties"), properties);
    assertJson(server.note(id).get("title"), "'A'");
  }

  @Test
  void serverSetAndImmutablePropertiesMayBeRepeated() {
    String id = server.add("A", "{'text': 'four'}");
    JsonNode response =
        set("'update': {'" + id + "': {'id': '" + id + "', 'size': 4.0, 'kind': 'note'}}");
    assertJson(response.get("updated"), "{'" + id + "': null}");
  }

  @Test
  void unknownObjectsAreNotFound() {
    JsonNode response =
        set(
            "'update': {'gone': {'title': 'x'}, 'not an id!': {}, '#nobody': {}, 'void': {}},"
                + " 'destroy': ['lost', 'not one!', '#no', 'lost']");
    for (String id : new String[] {"gone", "not an id!", "#nobody", "void"}) {
      assertJson(response.get("notUpdated").get(id), "{'type': 'notFound'}");
    }
    assertThat(response.get("notDestroyed").propertyNames())
        .containsExactlyInAnyOrder("lost", "not one!", "#no");
    assertJson(response.get("notDestroyed").get("lost").get("type"), "'notFound'");
  }

  @Test
  void anUpdateOfWhatIsDestroyedIsLeftOut() {
    String id = server.add("A");
    JsonNode response =
        set("'update': {'" + id + "': {'title': 'B'}}, 'destroy': ['" + id + "', '" + id + "']");
    assertJson(response.get("notUpdated").get(id), "{'type': 'willDestroy'}");
    assertJson(response.get("destroyed"), "['" + id + "']");
    assertThat(response.get("notDestroyed").isNull()).isTrue();
  }

  @Test
  void anotherStateThanExpectedStopsTheCall() {
    String id = server.add("A");
    String state = server.state();
    set("'ifInState': '" + state + "', 'update': {'" + id + "': {'title': 'B'}}");
    assertThat(
            server.errorType(
                "Note/set",
                "{'accountId': 'a', 'ifInState': '"
                    + state
                    + "', 'update': {'"
                    + id
                    + "': {'title': 'C'}}}"))
        .isEqualTo("stateMismatch");
    assertJson(server.note(id).get("title"), "'B'");
  }

  @Test
  void creationsUpdatesAndDestructionsCountTogether() {
    String six = "'1','2','3','4','5','6'";
    assertThat(
            server.errorType(
                "Note/set",
                "{'accountId': 'a', 'destroy': ["
                    + six
                    + "], 'update': {'1':{},'2':{},'3':{}}, 'create': {'a':{},'b':{}}}"))
        .isEqualTo("requestTooLarge");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'create': []",
        "'create': {'k': 7}",
        "'create': {'not an id!': {'title': 'A'}}",
        "'update': {'x': null}",
        "'update': {'x': []}",
        "'destroy': 'x'",
        "'destroy': [7]",
        "'ifInState': 7",
        "'nope': 1"
      })
  void malformedArgumentsAreRefused(String members) {
    assertThat(server.errorType("Note/set", "{'accountId': 'a', " + members + "}"))
        .isEqualTo("invalidArguments");
  }

  @Test
  void aReadOnlyAccountRefusesAllChanges() {
    server.account.readOnly();
    assertThat(server.errorType("Note/set", "{'accountId': 'a'}")).isEqualTo("accountReadOnly");
  }

  @Test
  void anAccountWithoutTheWriteRoleDoesNotSupportSet() {
    server.account.without(NoteType.TYPE.writeRole());
    assertThat(server.errorType("Note/set", "{'accountId': 'a'}"))
        .isEqualTo("accountNotSupportedByMethod");
  }

  @Test
  void aSingletonIsOnlyUpdated() {
    NoteServer single = new NoteServer(NoteType.builder("Note").singleton().build());
    JsonNode response =
        single.call(
            "Note/set",
            "{'accountId': 'a', 'create': {'k': {'title': 'A'}}, 'destroy': ['singleton']}");
    assertJson(response.get("notCreated").get("k"), "{'type': 'singleton'}");
    assertJson(response.get("notDestroyed").get("singleton"), "{'type': 'singleton'}");
  }

  @Test
  void followUpsAnswerUnderTheSameCallId() {
    String id = server.add("A");
    JsonNode responses =
        server.calls(
            "[['Note/set', {'accountId': 'a', 'create': {'k': {'title': 'K'}},"
                + " 'onSuccessDestroy': ['"
                + id
                + "', '#k']}, 'x'], ['Note/get', {'accountId': 'a'}, 'y']]");
    assertThat(responses).hasSize(3);
    assertJson(responses.get(1).get(0), "'Note/set'");
    assertJson(responses.get(1).get(2), "'x'");
    assertThat(responses.get(1).get(1).get("destroyed")).hasSize(2);
    assertThat(responses.get(2).get(1).get("list")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, serverUnavailable",
    "AUTHENTICATION_LOST, serverUnavailable",
    "RATE_LIMITED, rateLimit",
    "OVER_QUOTA, overQuota",
    "GONE, forbidden",
    "BROKEN, serverFail"
  })
  void whatWasDoneBeforeABackendBreaksOffIsStillTold(
      BackendException.Reason reason, String errorType) {
    String id = server.add("A");
    server.notes.letNextWritePass();
    server.notes.failNextWrite(new BackendException(reason, "the server went away"));
    JsonNode response =
        set("'create': {'k': {'title': 'K'}}, 'update': {'" + id + "': {'title': 'B'}}");
    assertThat(response.get("created").get("k")).isNotNull();
    assertJson(response.get("notUpdated").get(id).get("type"), "'" + errorType + "'");
    JsonNode untold =
        server.call(
            "Note/changes",
            "{'accountId': 'a', 'sinceState': '" + text(response, "newState") + "'}");
    assertThat(untold.get("created")).hasSize(1);
  }

  @Test
  void aDefectFailsItsBatchWithoutTellingInternals() {
    String id = server.add("A");
    server.notes.failNextWrite(new IllegalStateException("secret detail"));
    JsonNode response = set("'destroy': ['" + id + "']");
    JsonNode error = response.get("notDestroyed").get(id);
    assertJson(error.get("type"), "'serverFail'");
    assertThat(text(error, "description")).contains("reference").doesNotContain("secret");
  }
}
