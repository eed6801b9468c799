package org.jmapproxy.backend.passthrough.internal.forward;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.passthrough.internal.http.OutcomeUnknownException;
import org.jmapproxy.backend.passthrough.internal.http.Turns;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamJson;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.backend.passthrough.internal.session.UpstreamSession;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.RequestContent;
import org.jmapproxy.core.http.ResponseBounds;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests to the upstream's API (RFC 8620 section 3), as many at a time as it allows. */
public final class ApiRequests {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final String LIMIT = "urn:ietf:params:jmap:error:limit";
  private static final String UNKNOWN_CAPABILITY = "urn:ietf:params:jmap:error:unknownCapability";

  private final CurrentSession session;
  private final UpstreamClient client;
  private final long maxResponseSize;
  private final Turns turns;

  /** Requests of one account, with answers of at most so many octets. */
  public ApiRequests(CurrentSession session, UpstreamClient client, long maxResponseSize) {
    this.maxResponseSize = maxResponseSize;
    this.session = session;
    this.client = client;
    this.turns =
        new Turns(
            () -> session.known().map(known -> known.limits().maxConcurrentRequests()).orElse(1));
  }

  /**
   * A Request object (RFC 8620 section 3.3), with the upstream's account ids.
   *
   * @param using capabilities
   * @param calls in order
   * @param createdIds ids by creation id
   */
  public record Request(
      Collection<String> using, List<Invocation> calls, Map<String, String> createdIds) {

    /** Copies the collections. */
    public Request {
      using = List.copyOf(using);
      calls = List.copyOf(calls);
      createdIds = Map.copyOf(createdIds);
    }

    byte[] octets() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ArrayNode capabilities = json.putArray("using");
      using.forEach(capabilities::add);
      ArrayNode invocations = json.putArray("methodCalls");
      calls.forEach(call -> invocations.add(call.toJson()));
      ObjectNode ids = json.putObject("createdIds");
      createdIds.forEach(ids::put);
      return UpstreamJson.write(json);
    }
  }

  /**
   * Sends a request.
   *
   * @param patience how long it may take
   * @return the object that was answered with success
   * @throws OutcomeUnknownException when it may have been acted on and there is no usable answer
   * @throws BackendException when the upstream cannot be asked
   * @throws MethodException when it refuses the request
   */
  public ObjectNode send(Request request, Duration patience) {
    UpstreamSession upstream = session.get();
    byte[] body = request.octets();
    if (body.length > upstream.limits().maxSizeRequest()) {
      throw tooLarge();
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new BackendException(Reason.UNAVAILABLE, "there is no time left to ask the server");
    }
    Duration wait = patience.compareTo(LONGEST_WAIT) < 0 ? patience : LONGEST_WAIT;
    return turns.during(wait, () -> answer(post(upstream, body, patience)));
  }

  private OutboundRequest post(UpstreamSession upstream, byte[] body, Duration patience) {
    ResponseBounds bounds =
        new ResponseBounds(patience, patience, Optional.of(patience), maxResponseSize);
    return OutboundRequest.of("POST", upstream.apiUrl(), bounds)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .content(RequestContent.of(body));
  }

  private ObjectNode answer(OutboundRequest request) {
    try (OutboundResponse response = client.send(request)) {
      if (response.status() == 403) {
        throw client.refused();
      }
      Optional<ObjectNode> json = UpstreamJson.object(response.readAll());
      if (!response.isSuccess()) {
        throw refusal(response.status(), json.orElseGet(JsonNodeFactory.instance::objectNode));
      }
      return json.orElseThrow(
          () ->
              new OutcomeUnknownException(
                  "the account's server answers something that is not JSON"));
    } catch (OutboundHttpException e) {
      throw new OutcomeUnknownException("the account's server did not answer: " + e.getMessage());
    }
  }

  /** Errors of a whole request (section 3.6.1), and addresses that no longer work. */
  private RuntimeException refusal(int status, ObjectNode problem) {
    String type = problem.path("type").asString("");
    String limit = problem.path("limit").asString("");
    if (status == 413 || (type.equals(LIMIT) && limit.equals("maxSizeRequest"))) {
      session.refresh();
      return tooLarge();
    }
    if (type.equals(LIMIT) && limit.startsWith("maxConcurrent")) {
      return new BackendException(
          Reason.RATE_LIMITED, "the account's server takes no more requests at a time");
    }
    if (type.equals(LIMIT) || type.equals(UNKNOWN_CAPABILITY) || status != 400) {
      session.refresh();
      return new BackendException(
          Reason.UNAVAILABLE,
          "the account's server takes no requests as they are now (" + status + ")");
    }
    return new MethodException(
        MethodError.serverFail("the account's server refuses the request (" + status + ")"));
  }

  private static MethodException tooLarge() {
    return new MethodException(
        MethodError.requestTooLarge("the account's server takes no requests of this size"));
  }
}
