package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.TestServer.json;

import java.util.List;
import java.util.Set;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.testkit.Note;
import org.jmapproxy.core.testkit.NoteType;
import org.jmapproxy.core.testkit.NoteUpdate;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.SetConclusion.Touched;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a /set does last if nothing in it failed, as RFC 9661 section 2.4 has it. */
class SetConclusionTest {

  private static final Argument<String> TOUCH =
      new Argument<>("onSuccessTouch", JsonType.STRING, JsonNode::stringValue, "");
  private static final String UNAVAILABLE = "unavailable";

  private final NoteServer server = new NoteServer(type());

  @Test
  void itsChangesAreToldWithThoseOfTheCall() {
    String old = server.add("old");
    JsonNode created =
        server.call(
            "Note/set", "{'accountId':'a','create':{'k':{'title':'new'}},'onSuccessTouch':'#k'}");
    assertThat(created.at("/created/k/title")).isEqualTo(json("'new'"));
    assertThat(created.at("/created/k/size").isNumber()).isTrue();
    assertThat(created.get("updated").isNull()).isTrue();

    JsonNode other =
        server.call(
            "Note/set",
            "{'accountId':'a','create':{'k':{'title':'new'}},'onSuccessTouch':'" + old + "'}");
    assertThat(other.get("updated")).isEqualTo(json("{'" + old + "':{'title':'old'}}"));
  }

  @Test
  void nothingHappensAfterAFailure() {
    String old = server.add("old");
    String call = "{'accountId':'a','destroy':['nobody'],'onSuccessTouch':'" + old + "'}";
    assertThat(server.call("Note/set", call).get("updated").isNull()).isTrue();
  }

  @Test
  void whatWasDoneIsToldBeforeWhatFailed() {
    JsonNode responses =
        server.calls(
            "[['Note/set',{'accountId':'a','create':{'k':{'title':'new'}},"
                + "'onSuccessTouch':'unavailable'},'c']]");
    assertThat(responses.at("/0/1/created/k/id").isString()).isTrue();
    assertThat(responses.at("/1/0")).isEqualTo(json("'error'"));
    assertThat(responses.at("/1/1/type")).isEqualTo(json("'serverUnavailable'"));
    assertThat(responses.at("/1/2")).isEqualTo(json("'c'"));
    assertThat(responses.at("/0/1/newState")).isEqualTo(responses.at("/0/1/oldState"));
  }

  @Test
  void aFailureWithoutAnythingElseFailsTheCall() {
    assertThat(
            server
                .error("Note/set", "{'accountId':'a','onSuccessTouch':'unavailable'}")
                .get("type"))
        .isEqualTo(json("'serverUnavailable'"));
  }

  private static DataType<Note, ObjectNode, NoteUpdate> type() {
    var builder = NoteType.builder("Note");
    DataType<Note, ObjectNode, NoteUpdate> plain = NoteType.builder("Note").build();
    return builder
        .arguments(org.jmapproxy.core.type.StandardMethod.SET, TOUCH)
        .conclusion(
            (context, roles, arguments, creationIds) -> {
              String wanted = arguments.get(TOUCH);
              if (wanted.equals(UNAVAILABLE)) {
                throw new BackendException(Reason.UNAVAILABLE, "away");
              }
              if (wanted.isEmpty()) {
                return List.of();
              }
              Id id = Id.of(creationIds.apply(wanted));
              return roles
                  .find(plain.readRole())
                  .orElseThrow()
                  .read(context, ReadRequest.of(List.of(id), Set.of("title")))
                  .stream()
                  .map(note -> new Touched<>(note, Set.of("title")))
                  .toList();
            })
        .build();
  }
}
