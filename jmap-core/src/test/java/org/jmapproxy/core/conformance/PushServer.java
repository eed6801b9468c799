package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.types.PushModule;
import org.jmapproxy.core.types.PushObserver;
import org.jmapproxy.core.types.PushSubscription;
import org.jmapproxy.core.types.PushSubscriptionStore;
import tools.jackson.databind.JsonNode;

/**
 * A server with push under a manual clock. Jane has the accounts A and B, John has B. Single quotes
 * stand for double quotes.
 */
final class PushServer {

  static final Principal JANE = Principal.of("jane@example.com");
  static final Principal JOHN = Principal.of("john@example.com");
  static final Instant START = Instant.parse("2018-07-06T02:14:29Z");
  static final Id A = Id.of("A");
  static final Id B = Id.of("B");

  final ManualTime time = new ManualTime(START);
  final RecordingHttp http = new RecordingHttp();
  final Map<Id, PushSubscription> stored = new LinkedHashMap<>();
  final Map<String, Integer> leases = new HashMap<>();
  final List<PushObserver.Outcome> outcomes = new ArrayList<>();
  private final ChangeBus bus = new ChangeBus();
  private PushModule module = module();
  private JmapServer server = server();

  /** The process ends, and another one starts with the same store. */
  void restart() {
    module.close();
    module = module();
    server = server();
    module.start();
  }

  PushModule module() {
    return PushModule.builder()
        .accounts(this::accounts)
        .http(http)
        .executor(Runnable::run)
        .timer(time)
        .clock(time)
        .store(store())
        .lease(
            principal -> {
              leases.merge(principal.name(), 1, Integer::sum);
              return () -> leases.merge(principal.name(), -1, Integer::sum);
            })
        .observer(outcomes::add)
        .build();
  }

  PushModule running() {
    return module;
  }

  /** The arguments of the response to one call, after its name was checked. */
  JsonNode call(Principal principal, String method, String arguments) {
    JsonNode response = response(principal, method, arguments);
    assertThat(response.get(0).asString()).as(response.toString()).isEqualTo(method);
    return response.get(1);
  }

  JsonNode response(Principal principal, String method, String arguments) {
    String body =
        "{'using': ['urn:ietf:params:jmap:core'], 'methodCalls': [['%s', %s, '0']]}"
            .formatted(method, arguments)
            .replace('\'', '"');
    byte[] answer = server.handle(principal, body.getBytes(StandardCharsets.UTF_8)).body();
    return TestServer.json(new String(answer, StandardCharsets.UTF_8))
        .get("methodResponses")
        .get(0);
  }

  JsonNode get(Principal principal) {
    return call(principal, "PushSubscription/get", "{'ids': null}");
  }

  JsonNode set(Principal principal, String arguments) {
    return call(principal, "PushSubscription/set", arguments);
  }

  JsonNode create(Principal principal, String subscription) {
    return set(principal, "{'create': {'k': " + subscription + "}}");
  }

  /** Creates a subscription of Jane's that wants certain types, and verifies it. */
  String verified(String types) {
    String id =
        create(
                JANE,
                "{'deviceClientId': 'd', 'url': 'https://push.test/x', 'types': " + types + "}")
            .at("/created/k/id")
            .asString();
    String code = http.take().get(0).json().get("verificationCode").asString();
    JsonNode set = set(JANE, "{'update': {'%s': {'verificationCode': '%s'}}}".formatted(id, code));
    assertThat(set.at("/updated").has(id)).as(set.toString()).isTrue();
    return id;
  }

  void change(Id account, String type, String state) {
    bus.publish(new StateChange(account, Map.of(type, State.of(state))));
  }

  boolean isHeard(Id account) {
    return bus.hasListeners(account);
  }

  private List<Account> accounts(Principal principal) {
    return principal.equals(JANE) ? List.of(account(A), account(B)) : List.of(account(B));
  }

  private Account account(Id id) {
    Roles roles = Roles.builder().with(ChangeSignals.ROLE, bus.signals(id)).build();
    return Account.of(id, id.value(), roles);
  }

  private JmapServer server() {
    return JmapServer.builder().module(module).accounts(this::accounts).build();
  }

  private PushSubscriptionStore store() {
    return new PushSubscriptionStore() {
      @Override
      public List<PushSubscription> all() {
        return List.copyOf(stored.values());
      }

      @Override
      public void put(PushSubscription subscription) {
        stored.put(subscription.id(), subscription);
      }

      @Override
      public void remove(Id id) {
        stored.remove(id);
      }
    };
  }
}
