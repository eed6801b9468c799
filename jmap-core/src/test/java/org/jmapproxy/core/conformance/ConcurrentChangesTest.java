package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.NoteServer.assertJson;
import static org.jmapproxy.core.conformance.NoteServer.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.QuerySupport;
import org.jmapproxy.core.testkit.NoteType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What others do while a call is answered. */
class ConcurrentChangesTest {

  private static final String BY_TITLE = "'sort': [{'property': 'title'}]";

  private final NoteServer server = new NoteServer();

  @Test
  void onlyOneOfManyChangesInTheSameStateIsMade() throws Exception {
    String id = server.add("A");
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String state = server.state();
        String call =
            "[['Note/set', {'accountId': 'a', 'ifInState': '"
                + state
                + "', 'update': {'"
                + id
                + "': {'text': '"
                + round
                + "'}}}, 'c']]";
        List<Callable<JsonNode>> same = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          same.add(() -> server.calls(call));
        }
        int made = 0;
        for (Future<JsonNode> answer : clients.invokeAll(same)) {
          made +=
              answer.get(30, TimeUnit.SECONDS).get(0).get(0).stringValue().equals("error") ? 0 : 1;
        }
        assertThat(made).isEqualTo(1);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void anObjectThatComesDuringQueryChangesIsNotCountedUntold() {
    server.add("b");
    String state = server.state();
    String added = server.add("c");
    interfere(() -> server.add("a"));
    JsonNode changes =
        server.call(
            "Note/queryChanges",
            "{'accountId': 'a', 'sinceQueryState': '" + state + "', " + BY_TITLE + "}");
    assertJson(
        changes.get("added"), "[{'id': 'note3', 'index': 0}, {'id': '" + added + "', 'index': 2}]");
    assertThat(text(changes, "newQueryState")).isEqualTo(server.state());
  }

  @Test
  void aWindowAroundAnAnchorIsOfOneState() {
    String anchor = server.add("b");
    server.add("c");
    interfere(() -> server.add("a"));
    JsonNode response =
        server.call(
            "Note/query", "{'accountId': 'a', 'anchor': '" + anchor + "', " + BY_TITLE + "}");
    assertJson(response.get("position"), "1");
    assertJson(response.get("ids"), "['note1', 'note2']");
    assertThat(text(response, "queryState")).isEqualTo(server.state());
  }

  /** Does something once, right after ranks were first looked up. */
  private void interfere(Runnable other) {
    AtomicInteger calls = new AtomicInteger();
    QueryRole role = server.notes;
    server.account.with(
        NoteType.TYPE.queryRole(),
        new QueryRole() {
          @Override
          public QuerySupport support() {
            return role.support();
          }

          @Override
          public QueryPage page(
              CallContext context, Query query, long position, int limit, boolean total) {
            return role.page(context, query, position, limit, total);
          }

          @Override
          public Map<Id, Long> ranks(CallContext context, Query query, Collection<Id> ids) {
            if (calls.getAndIncrement() == 0) {
              other.run();
            }
            return role.ranks(context, query, ids);
          }
        });
  }
}
