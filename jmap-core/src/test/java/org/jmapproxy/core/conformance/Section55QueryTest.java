package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;

import java.util.List;
import java.util.Objects;
import org.jmapproxy.core.testkit.NoteType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The same answers with a query role and in memory. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class Section55QueryTest {

  private final NoteServer server = new NoteServer();

  Section55QueryTest(boolean withQueryRole) {
    if (!withQueryRole) {
      server.account.without(NoteType.TYPE.queryRole());
    }
  }

  @BeforeEach
  void fiveNotes() {
    server.add("c", "{'text': '1', 'tags': {'x': true}}");
    server.add("a", "{'text': '333', 'kind': 'task'}");
    server.add("d", "{'text': '22', 'tags': {'x': true}, 'kind': 'task'}");
    server.add("b", "{'text': '22', 'parentId': 'note1'}");
    server.add("e", "{'text': '1', 'tags': {'y': true}, 'parentId': 'note2'}");
  }

  private JsonNode query(String members) {
    return server.call("Note/query", "{'accountId': 'a'" + members + "}");
  }

  private List<String> titles(String members) {
    return query(members)
        .get("ids")
        .valueStream()
        .map(id -> server.note(id.stringValue()).get("title").stringValue())
        .toList();
  }

  @Test
  void theResponseTellsStateAndPosition() {
    JsonNode response = query(", 'calculateTotal': true");
    assertJson(response.get("accountId"), "'a'");
    assertThat(response.get("queryState").stringValue()).isNotEmpty();
    assertJson(response.get("canCalculateChanges"), "true");
    assertJson(response.get("position"), "0");
    assertJson(response.get("total"), "5");
    assertJson(response.get("ids"), "['note1', 'note2', 'note3', 'note4', 'note5']");
  }

  @Test
  void theTotalIsOnlyThereIfAskedFor() {
    assertThat(query("").has("total")).isFalse();
    assertThat(query(", 'position': -1").has("total")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "null|cadbe",
        "{}|cadbe",
        "{'title': 'a'}|a",
        "{'tag': 'x'}|cd",
        "{'tag': 'x', 'kind': 'task'}|d",
        "{'parentId': null}|cad",
        "{'parentId': 'note1'}|b",
        "{'operator': 'AND', 'conditions': [{'tag': 'x'}, {'kind': 'task'}]}|d",
        "{'operator': 'OR', 'conditions': [{'tag': 'x'}, {'kind': 'task'}]}|cad",
        "{'operator': 'NOT', 'conditions': [{'tag': 'x'}, {'kind': 'task'}]}|be",
        "{'operator': 'AND', 'conditions': []}|cadbe",
        "{'operator': 'NOT', 'conditions': []}|cadbe",
        "{'operator': 'OR', 'conditions': [{}]}|cadbe",
        "{'operator': 'NOT', 'conditions': [{}]}|",
        "{'operator': 'OR', 'conditions': []}|",
        "{'operator': 'NOT', 'conditions': [{'operator': 'NOT', 'conditions': [{'tag': 'y'}]}]}|e"
      })
  void filtersFind(String filter, @Nullable String titles) {
    assertThat(String.join("", titles(", 'filter': " + filter)))
        .isEqualTo(Objects.requireNonNullElse(titles, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "null|cadbe",
        "[]|cadbe",
        "[{'property': 'title'}]|abcde",
        "[{'property': 'title', 'isAscending': false}]|edcba",
        "[{'property': 'size'}, {'property': 'title', 'isAscending': false}]|ecdba",
        "[{'property': 'size', 'isAscending': false}]|adbce",
        "[{'property': 'hasTag', 'tag': 'x', 'isAscending': false}]|cdabe",
        "[{'property': 'hasTag', 'tag': 'y'}, {'property': 'title'}]|abcde"
      })
  void sortsOrder(String sort, String titles) {
    assertThat(String.join("", titles(", 'sort': " + sort))).isEqualTo(titles);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'limit': 2|0|ab",
        "'limit': 0|0|",
        "'position': 3|3|de",
        "'position': 3, 'limit': 1|3|d",
        "'position': -2|3|de",
        "'position': -2, 'limit': 1|3|d",
        "'position': -99|0|abcde",
        "'position': 5|5|",
        "'position': 99999|99999|",
        "'position': 9007199254740991|9007199254740991|",
        "'anchor': 'note1'|2|cde",
        "'anchor': 'note1', 'anchorOffset': -1, 'limit': 2|1|bc",
        "'anchor': 'note1', 'anchorOffset': 1|3|de",
        "'anchor': 'note1', 'anchorOffset': -9|0|abcde",
        "'anchor': 'note1', 'anchorOffset': 9|11|",
        "'anchor': 'note1', 'position': 4|2|cde",
        "'anchorOffset': 3|0|abcde",
        "'anchor': null, 'limit': null|0|abcde"
      })
  void windowsShowAPartOfTheResult(String window, long position, @Nullable String titles) {
    String members = ", 'sort': [{'property': 'title'}], " + window;
    assertThat(query(members).get("position").longValue()).isEqualTo(position);
    assertThat(String.join("", titles(members))).isEqualTo(Objects.requireNonNullElse(titles, ""));
  }

  @Test
  void theTotalCountsTheWholeResult() {
    String members = ", 'filter': {'tag': 'x'}, 'calculateTotal': true, 'limit': ";
    assertJson(query(members + "1").get("total"), "2");
    assertJson(query(members + "0").get("total"), "2");
    assertJson(query(members + "0, 'position': -1").get("total"), "2");
  }

  @Test
  void theLimitIsToldWhereTheServerSetIt() {
    assertThat(query(", 'limit': 10").has("limit")).isFalse();
    assertJson(query(", 'limit': 11").get("limit"), "10");
    assertJson(query("").get("limit"), "10");
    for (int i = 0; i < 8; i++) {
      server.add("more");
    }
    assertThat(query(", 'limit': 99").get("ids")).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'gone'", "'not an id!'", "'#nobody'"})
  void anUnknownAnchorIsNotFound(String anchor) {
    assertThat(server.errorType("Note/query", "{'accountId': 'a', 'anchor': " + anchor + "}"))
        .isEqualTo("anchorNotFound");
    assertThat(
            server.errorType(
                "Note/query", "{'accountId': 'a', 'anchor': 'note1', 'filter': {'title': 'a'}}"))
        .isEqualTo("anchorNotFound");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'limit': -1|invalidArguments",
        "'limit': 1.5|invalidArguments",
        "'position': '1'|invalidArguments",
        "'position': null|invalidArguments",
        "'calculateTotal': 1|invalidArguments",
        "'anchor': 7|invalidArguments",
        "'filter': []|invalidArguments",
        "'filter': 'x'|invalidArguments",
        "'filter': {'tag': 7}|invalidArguments",
        "'filter': {'operator': 'XOR', 'conditions': []}|invalidArguments",
        "'filter': {'operator': 7, 'conditions': []}|invalidArguments",
        "'filter': {'operator': 'AND'}|invalidArguments",
        "'filter': {'operator': 'AND', 'conditions': {}}|invalidArguments",
        "'filter': {'operator': 'AND', 'conditions': [7]}|invalidArguments",
        "'filter': {'operator': 'AND', 'conditions': [], 'tag': 'x'}|invalidArguments",
        "'filter': {'colour': 'red'}|unsupportedFilter",
        "'filter': {'operator': 'OR', 'conditions': [{'colour': 1}]}|unsupportedFilter",
        "'filter': {'meaning': 'of life'}|unsupportedFilter",
        "'sort': {}|invalidArguments",
        "'sort': [7]|invalidArguments",
        "'sort': [{}]|invalidArguments",
        "'sort': [{'property': 7}]|invalidArguments",
        "'sort': [{'property': 'title', 'isAscending': 1}]|invalidArguments",
        "'sort': [{'property': 'title', 'tag': 'x'}]|invalidArguments",
        "'sort': [{'property': 'hasTag'}]|invalidArguments",
        "'sort': [{'property': 'hasTag', 'tag': 7}]|invalidArguments",
        "'sort': [{'property': 'colour'}]|unsupportedSort",
        "'sort': [{'property': 'relevance'}]|unsupportedSort",
        "'sort': [{'property': 'title', 'collation': 'i;klingon'}]|unsupportedSort",
        "'collapse': true|invalidArguments"
      })
  void wrongQueriesAreRefused(String members, String type) {
    assertThat(server.errorType("Note/query", "{'accountId': 'a', " + members + "}"))
        .isEqualTo(type);
  }

  @Test
  void theUnsupportedFilterIsNamed() {
    assertThat(
            server
                .error("Note/query", "{'accountId': 'a', 'filter': {'colour': 'red'}}")
                .get("description")
                .stringValue())
        .contains("colour");
  }

  @Test
  void filtersHaveBounds() {
    String deep = "{'tag': 'x'}";
    for (int i = 0; i < 25; i++) {
      deep = "{'operator': 'AND', 'conditions': [" + deep + "]}";
    }
    assertThat(server.errorType("Note/query", "{'accountId': 'a', 'filter': " + deep + "}"))
        .isEqualTo("unsupportedFilter");
    String wide = "{'tag': 'x'}" + ", {'tag': 'x'}".repeat(2000);
    assertThat(
            server.errorType(
                "Note/query",
                "{'accountId': 'a', 'filter': {'operator': 'OR', 'conditions': [" + wide + "]}}"))
        .isEqualTo("unsupportedFilter");
  }

  @Test
  void extraArgumentsShapeTheResult() {
    assertThat(titles(", 'rootsOnly': true")).containsExactly("c", "a", "d");
  }

  @Test
  void theStateMovesWithTheResult() {
    String state = query("").get("queryState").stringValue();
    assertThat(query("").get("queryState").stringValue()).isEqualTo(state);
    server.add("f");
    assertThat(query("").get("queryState").stringValue()).isNotEqualTo(state);
  }

  @Test
  void whoTellsNoChangesCannotCalculateThem() {
    server.account.without(NoteType.TYPE.changesRole());
    assertJson(query("").get("canCalculateChanges"), "false");
  }
}
