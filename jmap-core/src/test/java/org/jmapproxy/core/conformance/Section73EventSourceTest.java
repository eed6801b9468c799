package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.transport.EventSink;
import org.jmapproxy.core.transport.EventStream;
import org.jmapproxy.core.transport.EventStreamRequest;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.StandardMethod;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** RFC 8620 section 7.3. */
class Section73EventSourceTest {

  private static final Id A = Id.of("A");
  private static final Id B = Id.of("B");
  private static final DataType<Id, Void, Void> FOO = type("Foo");
  private static final DataType<Id, Void, Void> BAR = type("Bar");

  private final ChangeBus bus = new ChangeBus();
  private final ChangeLog foos = new ChangeLog();
  private final ChangeLog bars = new ChangeLog();
  private final TestServer server =
      TestServer.with(new FooModule())
          .account(account(A, foos, bars))
          .account(account(B, new ChangeLog(), new ChangeLog()));

  @Test
  void nothingIsSentBeforeSomethingHappens() {
    assertThat(open("*", "no", "0").events).isEmpty();
  }

  @Test
  void changeBecomesOneStateEvent() {
    Sink sink = open("*", "no", "0");

    bus.publish(new StateChange(A, Map.of("Foo", foos.created(Id.of("x")))));

    assertThat(sink.events).hasSize(1);
    String event = sink.events.get(0);
    assertThat(event).startsWith("event: state\nid: ").endsWith("}\n\n");
    assertThat(event.lines()).hasSize(4);
    assertThat(data(event))
        .isEqualTo(
            TestServer.json(
                "{'@type': 'StateChange', 'changed': {'A': {'Foo': '" + foos.state() + "'}}}"));
  }

  @Test
  void changesOfAllAccountsAreHeard() {
    Sink sink = open("*", "no", "0");

    bus.publish(new StateChange(A, Map.of("Foo", State.of("1"))));
    bus.publish(new StateChange(B, Map.of("Foo", State.of("2"))));
    bus.publish(new StateChange(Id.of("stranger"), Map.of("Foo", State.of("3"))));

    assertThat(sink.events).hasSize(2);
  }

  @Test
  void typesThatWereNotAskedForAreNotSent() {
    Sink sink = open("Foo,Baz", "no", "0");

    bus.publish(new StateChange(A, Map.of("Bar", State.of("1"))));
    bus.publish(new StateChange(A, Map.of("Foo", State.of("2"), "Bar", State.of("3"))));

    assertThat(sink.events).hasSize(1);
    assertThat(data(sink.events.get(0)).at("/changed/A"))
        .isEqualTo(TestServer.json("{'Foo': '2'}"));
  }

  @Test
  void stateThatIsNoNewsIsNotSent() {
    Sink sink = open("*", "no", "0");

    bus.publish(new StateChange(A, Map.of("Foo", foos.state())));

    assertThat(sink.events).isEmpty();
  }

  @Test
  void streamClosesAfterTheFirstStateIfAskedTo() {
    Sink sink = open("*", "state", "0");

    bus.publish(new StateChange(A, Map.of("Foo", State.of("1"))));
    bus.publish(new StateChange(A, Map.of("Foo", State.of("2"))));

    assertThat(sink.events).hasSize(1);
    assertThat(sink.ended).isTrue();
    assertThat(bus.hasListeners(A)).isFalse();
    assertThat(bus.hasListeners(B)).isFalse();
  }

  @Test
  void clientThatComesBackIsToldWhatItMissedAtOnce() {
    Sink first = open("*", "no", "0");
    bus.publish(new StateChange(A, Map.of("Foo", foos.created(Id.of("x")))));
    String lastId = id(first.events.get(0));
    first.stream().close();
    bars.created(Id.of("y"));
    bus.publish(new StateChange(A, Map.of("Bar", bars.state())));

    Sink second = open("*", "no", "0", lastId);

    assertThat(second.events).hasSize(1);
    assertThat(data(second.events.get(0)).get("changed"))
        .isEqualTo(TestServer.json("{'A': {'Bar': '" + bars.state() + "'}}"));
  }

  @Test
  void clientThatComesBackAndMissedNothingIsToldNothing() {
    Sink first = open("*", "no", "0");
    bus.publish(new StateChange(A, Map.of("Foo", foos.created(Id.of("x")))));
    bus.publish(new StateChange(A, Map.of("Bar", bars.created(Id.of("y")))));

    Sink second = open("*", "no", "0", id(first.events.get(1)));

    assertThat(second.events).isEmpty();
  }

  @Test
  void eventIdThatIsNotOursTellsEverything() {
    Sink sink = open("*", "state", "0", "some-other-servers-id");

    assertThat(sink.events).hasSize(1);
    assertThat(data(sink.events.get(0)).at("/changed/A")).hasSize(2);
    assertThat(sink.ended).isTrue();
  }

  @Test
  void pingTellsTheIntervalAndSetsNoId() {
    Sink sink = open("*", "no", "5");

    assertThat(sink.stream().pingSeconds()).isEqualTo(30);
    assertThat(sink.events).isEmpty();
    sink.stream().ping();

    assertThat(sink.events).containsExactly("event: ping\ndata: {\"interval\":30}\n\n");
  }

  @Test
  void closedStreamListensAndSendsNoMore() {
    Sink sink = open("*", "no", "0");

    sink.stream().close();
    sink.stream().ping();
    bus.publish(new StateChange(A, Map.of("Foo", State.of("1"))));

    assertThat(sink.events).isEmpty();
    assertThat(bus.hasListeners(A)).isFalse();
  }

  @Test
  void changeWhileTheStreamOpensIsNotLost() {
    ChangeSignals busy =
        listener -> {
          listener.accept(new StateChange(A, Map.of("Foo", State.of("while-opening"))));
          return () -> {};
        };
    server.removeAccounts();
    server.account(Account.of(A, "A", Roles.builder().with(ChangeSignals.ROLE, busy).build()));

    assertThat(open("*", "no", "0").events).hasSize(1);
  }

  @Test
  void statesOfForwardedAccountsAreTakenFromTheirSignals() {
    ChangeSignals knowing =
        new ChangeSignals() {
          @Override
          public Subscription subscribe(Consumer<StateChange> listener) {
            return () -> {};
          }

          @Override
          public Map<String, State> current() {
            return Map.of("Email", State.of("far"));
          }
        };
    server.removeAccounts();
    server.account(Account.of(A, "A", Roles.builder().with(ChangeSignals.ROLE, knowing).build()));

    Sink sink = open("*", "no", "0", "stale");

    assertThat(data(sink.events.get(0)).get("changed"))
        .isEqualTo(TestServer.json("{'A': {'Email': 'far'}}"));
  }

  @Test
  void hundredsOfStatesStillGiveAShortEventId() {
    Map<String, State> many = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      many.put("Type" + i, State.of("s" + i));
    }
    Sink first = open("*", "no", "0");
    bus.publish(new StateChange(A, many));

    assertThat(id(first.events.get(0))).hasSizeLessThan(3000);
  }

  @Test
  void sinkThatFailsEndsTheStream() {
    Sink sink = open("*", "no", "0");
    sink.fails = true;

    bus.publish(new StateChange(A, Map.of("Foo", State.of("1"))));

    assertThat(bus.hasListeners(A)).isFalse();
  }

  private Sink open(String types, String closeAfter, String ping) {
    return open(types, closeAfter, ping, "");
  }

  private Sink open(String types, String closeAfter, String ping, String lastEventId) {
    EventStreamRequest request =
        EventStreamRequest.of(
            Optional.of(types),
            Optional.of(closeAfter),
            Optional.of(ping),
            Optional.of(lastEventId));
    Sink sink = new Sink();
    sink.stream = Optional.of(server.server().events(TestServer.JANE, request, sink));
    return sink;
  }

  private static JsonNode data(String event) {
    String line = event.lines().filter(one -> one.startsWith("data: ")).findFirst().orElseThrow();
    return TestServer.json(line.substring(6));
  }

  private static String id(String event) {
    return event
        .lines()
        .filter(one -> one.startsWith("id: "))
        .findFirst()
        .orElseThrow()
        .substring(4);
  }

  private Account account(Id id, ChangeLog foos, ChangeLog bars) {
    return Account.of(
        id,
        id.value(),
        Roles.builder()
            .with(ChangeSignals.ROLE, bus.signals(id))
            .with(FOO.changesRole(), foos)
            .with(BAR.changesRole(), bars)
            .build());
  }

  private static DataType<Id, Void, Void> type(String name) {
    return DataType.<Id, Void, Void>named(name, TestModule.URN, id -> id)
        .methods(StandardMethod.CHANGES)
        .build();
  }

  private static final class Sink implements EventSink {

    private final List<String> events = new ArrayList<>();
    private Optional<EventStream> stream = Optional.empty();
    private boolean ended;
    private boolean fails;

    EventStream stream() {
      return stream.orElseThrow();
    }

    @Override
    public void send(byte[] text) {
      if (fails) {
        throw new IllegalStateException("the client is gone");
      }
      events.add(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void end() {
      ended = true;
    }
  }

  private static final class FooModule implements JmapModule {
    @Override
    public List<Capability> capabilities() {
      return List.of(Capability.of(TestModule.URN, account -> Optional.empty()));
    }

    @Override
    public List<DataType<?, ?, ?>> dataTypes() {
      return List.of(FOO, BAR);
    }
  }
}
