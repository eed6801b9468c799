package org.jmapproxy.backend.passthrough.internal.push;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jmapproxy.backend.passthrough.internal.forward.ApiRequests;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.backend.passthrough.internal.session.UpstreamSession;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks an upstream for the states of the types that are worth it, with a /get of no objects. */
final class StatePoll {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Types by capability, in the order of their use. */
  private static final Map<String, List<String>> TYPES = types();

  private final CurrentSession session;
  private final ApiRequests requests;

  StatePoll(CurrentSession session, ApiRequests requests) {
    this.session = session;
    this.requests = requests;
  }

  /**
   * The states as they are now.
   *
   * @throws BackendException when the upstream cannot be asked
   */
  Map<String, State> states() {
    UpstreamSession upstream = session.get();
    List<Invocation> calls = new ArrayList<>();
    Collection<String> using = new TreeSet<>(List.of("urn:ietf:params:jmap:core"));
    TYPES.forEach(
        (urn, types) -> {
          if (upstream.capabilities().containsKey(urn)) {
            using.add(urn);
            types.forEach(type -> calls.add(look(type, upstream.accountId())));
          }
        });
    if (calls.isEmpty()) {
      return Map.of();
    }
    int most = Math.min(calls.size(), upstream.limits().maxCallsInRequest());
    try {
      return read(
          requests.send(
              new ApiRequests.Request(using, calls.subList(0, most), Map.of()), PATIENCE));
    } catch (MethodException e) {
      throw new BackendException(
          BackendException.Reason.UNAVAILABLE, "the account's server does not tell states", e);
    }
  }

  private static Invocation look(String type, String accountId) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("accountId", accountId);
    arguments.putArray("ids");
    return new Invocation(type + "/get", arguments, type);
  }

  private Map<String, State> read(ObjectNode response) {
    Map<String, State> states = new TreeMap<>();
    for (JsonNode one : response.path("methodResponses")) {
      String type = one.path(2).asString("");
      if (one.path(0).asString("").equals(type + "/get")) {
        KnownStates.put(states, type, one.path(1).path("state"));
      }
    }
    session.heardOf(response.path("sessionState").asString(""));
    return states;
  }

  private static Map<String, List<String>> types() {
    Map<String, List<String>> types = new LinkedHashMap<>();
    types.put("urn:ietf:params:jmap:mail", List.of("Email", "Mailbox", "Thread"));
    types.put("urn:ietf:params:jmap:submission", List.of("EmailSubmission", "Identity"));
    types.put("urn:ietf:params:jmap:contacts", List.of("AddressBook", "ContactCard"));
    types.put("urn:ietf:params:jmap:calendars", List.of("Calendar", "CalendarEvent"));
    return types;
  }
}
