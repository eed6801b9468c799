package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;
import static org.jmapproxy.core.conformance.NoteServer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.testkit.Note;
import org.jmapproxy.core.testkit.NoteType;
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
class Section56QueryChangesTest {

  private static final String BY_TITLE = "'sort': [{'property': 'title'}]";
  private static final String BY_KIND = "'sort': [{'property': 'kind'}]";

  private final NoteServer server = new NoteServer();

  Section56QueryChangesTest(boolean withQueryRole) {
    if (!withQueryRole) {
      server.account.without(NoteType.TYPE.queryRole());
    }
  }

  @BeforeEach
  void threeNotes() {
    server.add("b");
    server.add("d");
    server.add("f");
  }

  private JsonNode since(String state, String members) {
    return server.call(
        "Note/queryChanges",
        "{'accountId': 'a', 'sinceQueryState': '" + state + "', " + members + "}");
  }

  private void rename(String id, String title) {
    server.notes.change(
        Id.of(id), note -> new Note(note.id(), note.properties().deepCopy().put("title", title)));
  }

  @Test
  void nothingChanged() {
    String state = server.state();
    assertJson(
        since(state, BY_TITLE),
        "{'accountId': 'a', 'oldQueryState': '"
            + state
            + "', 'newQueryState': '"
            + state
            + "', 'removed': [], 'added': []}");
  }

  @Test
  void whatIsNewIsAddedAtItsIndex() {
    String state = server.state();
    String c = server.add("c");
    String a = server.add("a");
    JsonNode changes = since(state, BY_TITLE + ", 'calculateTotal': true");
    assertJson(
        changes.get("added"), "[{'id': '" + a + "', 'index': 0}, {'id': '" + c + "', 'index': 2}]");
    assertJson(changes.get("total"), "5");
    assertThat(text(changes, "newQueryState")).isEqualTo(server.state());
  }

  @Test
  void whatMovedIsRemovedAndAddedAgain() {
    String state = server.state();
    rename("note1", "e");
    JsonNode changes = since(state, BY_TITLE);
    assertJson(changes.get("removed"), "['note1']");
    assertJson(changes.get("added"), "[{'id': 'note1', 'index': 1}]");
  }

  @Test
  void whatIsGoneOrMatchesNoMoreIsRemoved() {
    String state = server.state();
    rename("note1", "x");
    server.notes.remove(Id.of("note2"));
    JsonNode changes = since(state, "'filter': {'title': 'b'}, 'calculateTotal': true");
    assertThat(changes.get("removed"))
        .extracting(JsonNode::stringValue)
        .containsExactlyInAnyOrder("note1", "note2");
    assertJson(changes.get("added"), "[]");
    assertJson(changes.get("total"), "0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void moreThanMaxChangesAreTooMany(int maxChanges) {
    String state = server.state();
    rename("note1", "x");
    rename("note2", "y");
    assertThat(
            server.errorType(
                "Note/queryChanges",
                "{'accountId': 'a', 'sinceQueryState': '"
                    + state
                    + "', 'maxChanges': "
                    + maxChanges
                    + "}"))
        .isEqualTo("tooManyChanges");
    assertThat(since(state, "'maxChanges': 4").get("added")).hasSize(2);
  }

  @Test
  void upToIdLeavesOutWhatComesAfterIt() {
    String state = server.state();
    String task = server.add("t", "{'kind': 'task'}");
    String note = server.add("n");
    JsonNode changes = since(state, BY_KIND + ", 'upToId': '" + note + "'");
    assertJson(changes.get("added"), "[{'id': '" + note + "', 'index': 3}]");
    assertThat(changes.get("removed")).extracting(JsonNode::stringValue).doesNotContain(task);
  }

  @Test
  void upToIdIsIgnoredWhereObjectsMayMove() {
    String state = server.state();
    String z = server.add("z");
    assertJson(
        since(state, BY_TITLE + ", 'upToId': 'note1'").get("added"),
        "[{'id': '" + z + "', 'index': 3}]");
    assertThat(since(state, BY_KIND + ", 'upToId': 'gone'").get("added")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'sinceQueryState': 'never'|cannotCalculateChanges",
        "'sinceQueryState': ''|cannotCalculateChanges",
        "'filter': null|invalidArguments",
        "'sinceQueryState': 7|invalidArguments",
        "'sinceQueryState': 'x', 'maxChanges': -1|invalidArguments",
        "'sinceQueryState': 'x', 'upToId': 7|invalidArguments",
        "'sinceQueryState': 'x', 'position': 0|invalidArguments",
        "'sinceQueryState': 'x', 'filter': {'colour': 1}|unsupportedFilter",
        "'sinceQueryState': 'x', 'sort': [{'property': 'colour'}]|unsupportedSort"
      })
  void wrongCallsAreRefused(String members, String type) {
    assertThat(server.errorType("Note/queryChanges", "{'accountId': 'a', " + members + "}"))
        .isEqualTo(type);
  }

  @Test
  void manyPagesOfChangesAreGathered() {
    String state = server.state();
    for (int i = 0; i < 30; i++) {
      server.add("x" + i);
    }
    JsonNode changes = since(state, BY_TITLE);
    assertThat(changes.get("added")).hasSize(30);
    assertThat(text(changes, "newQueryState")).isEqualTo(server.state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'filter': null",
        "'sort': [{'property': 'title'}]",
        "'sort': [{'property': 'title', 'isAscending': false}]",
        "'filter': {'title': '1'}, 'sort': [{'property': 'title'}]",
        "'filter': {'operator': 'NOT', 'conditions': [{'title': '2'}]}",
        "'rootsOnly': true, 'sort': [{'property': 'kind'}, {'property': 'title'}]"
      })
  void aClientThatAppliesTheChangesHasTheCurrentResult(String query) {
    Random random = new Random(42);
    String state = server.state();
    List<String> cached = result(query);
    for (int round = 0; round < 20; round++) {
      disturb(random);
      JsonNode changes = since(state, query);
      apply(changes, cached);
      state = text(changes, "newQueryState");
      assertThat(cached).isEqualTo(result(query));
    }
  }

  private void disturb(Random random) {
    for (int i = 0; i < 3; i++) {
      List<Note> all = server.notes.all();
      int what = all.size() < 3 ? 0 : all.size() > 8 ? 2 : random.nextInt(3);
      switch (what) {
        case 0 -> server.add("title" + random.nextInt(40));
        case 1 ->
            rename(all.get(random.nextInt(all.size())).id().value(), "title" + random.nextInt(40));
        default -> server.notes.remove(all.get(random.nextInt(all.size())).id());
      }
    }
  }

  private List<String> result(String query) {
    List<String> ids = new ArrayList<>();
    server
        .call("Note/query", "{'accountId': 'a', " + query + "}")
        .get("ids")
        .forEach(id -> ids.add(id.stringValue()));
    return ids;
  }

  /** What RFC 8620 tells clients to do. */
  private static void apply(JsonNode changes, List<String> cached) {
    changes.get("removed").forEach(id -> cached.remove(id.stringValue()));
    changes
        .get("added")
        .forEach(item -> cached.add(item.get("index").intValue(), item.get("id").stringValue()));
  }
}
