package org.jmapproxy.core.forward;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers whole calls for an account, as they came. The dispatcher hands over runs of consecutive
 * calls; result references inside a run stay references, those that leave it are resolved before.
 * Thread-safe.
 */
public interface InvocationForwarder {

  /** The key of this role. */
  Role<InvocationForwarder> ROLE = Role.of("invocations", InvocationForwarder.class);

  /** The account capabilities that the upstream offers, by URN; may change over time. */
  Map<String, ObjectNode> capabilities();

  /** The objects that the upstream shows in its session for the whole server, by URN. */
  default Map<String, ObjectNode> sessionCapabilities() {
    return Map.of();
  }

  /** Whether the upstream says that the account belongs to the user. */
  default boolean isPersonal() {
    return true;
  }

  /** Whether the upstream says that nothing in the account can be changed. */
  default boolean isReadOnly() {
    return false;
  }

  /**
   * What a client may ask for at most, so that the upstream does not refuse it: the smaller ones of
   * the server's own limits and the upstream's, as far as calls cannot be divided.
   */
  default Limits within(Limits own) {
    return own;
  }

  /** The collations that the upstream sorts by (RFC 8620 section 2). */
  default List<String> collationAlgorithms() {
    return List.of();
  }

  /** How many calls the upstream takes at once; at least 1. */
  int maxCallsInRequest();

  /** How many octets the upstream takes at once. */
  default long maxSizeRequest() {
    return Long.MAX_VALUE;
  }

  /**
   * Forwards a run of calls.
   *
   * @throws org.jmapproxy.core.error.BackendException when the upstream gives no usable answer
   */
  Answer forward(CallContext context, Run run);

  /**
   * A run of calls for one account.
   *
   * @param using the capabilities of the request that this upstream offers
   * @param calls the calls; account ids in them are ours
   * @param createdIds ids by creation id, as known before the run
   */
  record Run(Set<String> using, List<Invocation> calls, Map<String, String> createdIds) {

    /** Copies the collections. */
    public Run {
      using = Set.copyOf(using);
      calls = List.copyOf(calls);
      createdIds = Map.copyOf(createdIds);
    }
  }

  /**
   * The answer to a run.
   *
   * @param responses the responses in order; account ids in them are ours
   * @param createdIds ids by creation id that the run added
   */
  record Answer(List<Invocation> responses, Map<String, String> createdIds) {

    /** Copies the collections. */
    public Answer {
      responses = List.copyOf(responses);
      createdIds = Map.copyOf(createdIds);
    }
  }
}
