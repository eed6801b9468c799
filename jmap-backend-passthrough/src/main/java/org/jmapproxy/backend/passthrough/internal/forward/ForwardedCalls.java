package org.jmapproxy.backend.passthrough.internal.forward;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jmapproxy.backend.passthrough.internal.http.OutcomeUnknownException;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.backend.passthrough.internal.session.UpstreamSession;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.CallContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers calls by asking the upstream (RFC 8620 section 3). If an answer is lost, calls that only
 * read are made once more; those that write are not, and the client is told to look for itself.
 */
public final class ForwardedCalls implements InvocationForwarder {

  /** What a request has beside its calls and created ids. */
  private static final long ENVELOPE = 4096;

  private static final List<String> READING =
      List.of("get", "changes", "query", "queryChanges", "parse", "lookup", "echo");

  private final Id accountId;
  private final CurrentSession session;
  private final ApiRequests requests;
  private final Clock clock;
  private final Consumer<List<Invocation>> answered;

  /**
   * Forwards the calls of one account.
   *
   * @param accountId our id of it
   * @param answered told all responses, as they come from the upstream
   */
  public ForwardedCalls(
      Id accountId,
      CurrentSession session,
      ApiRequests requests,
      Clock clock,
      Consumer<List<Invocation>> answered) {
    this.accountId = accountId;
    this.session = session;
    this.requests = requests;
    this.clock = clock;
    this.answered = answered;
  }

  @Override
  public Map<String, ObjectNode> capabilities() {
    return session
        .known()
        .map(
            known -> {
              AccountIds ids = new AccountIds(accountId.value(), known.accountId());
              Map<String, ObjectNode> translated = new LinkedHashMap<>();
              known
                  .capabilities()
                  .forEach((urn, json) -> translated.put(urn, ids.capabilityFromUpstream(json)));
              return Collections.unmodifiableMap(translated);
            })
        .orElse(Map.of());
  }

  @Override
  public Map<String, ObjectNode> sessionCapabilities() {
    return session.known().map(UpstreamSession::sessionCapabilities).orElse(Map.of());
  }

  @Override
  public boolean isPersonal() {
    return session.known().map(UpstreamSession::isPersonal).orElse(true);
  }

  @Override
  public boolean isReadOnly() {
    return session.known().map(UpstreamSession::isReadOnly).orElse(false);
  }

  @Override
  public Limits within(Limits own) {
    return session.known().map(known -> known.limits().within(own)).orElse(own);
  }

  @Override
  public List<String> collationAlgorithms() {
    return session.known().map(known -> known.limits().collationAlgorithms()).orElse(List.of());
  }

  @Override
  public int maxCallsInRequest() {
    return session.known().map(known -> known.limits().maxCallsInRequest()).orElse(1);
  }

  @Override
  public long maxSizeRequest() {
    return session
        .known()
        .map(known -> Math.max(1, known.limits().maxSizeRequest() - ENVELOPE))
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public Answer forward(CallContext context, Run run) {
    UpstreamSession upstream = session.get();
    Duration patience = Duration.between(Instant.now(clock), context.deadline());
    ApiRequests.Request request = request(upstream, run);
    try {
      return answer(upstream, run, response(request, run, patience));
    } catch (OutcomeUnknownException e) {
      return unknown(run, e);
    }
  }

  /** A connection that broke may have been an old one: what only reads is asked once more. */
  private ObjectNode response(ApiRequests.Request request, Run run, Duration patience) {
    try {
      return requests.send(request, patience);
    } catch (OutcomeUnknownException e) {
      if (!e.connectionBroke() || !run.calls().stream().allMatch(ForwardedCalls::onlyReads)) {
        throw e;
      }
      return requests.send(request, patience);
    }
  }

  private ApiRequests.Request request(UpstreamSession upstream, Run run) {
    AccountIds ids = new AccountIds(accountId.value(), upstream.accountId());
    List<Invocation> calls =
        run.calls().stream()
            .map(
                call ->
                    new Invocation(
                        call.name(), ids.toUpstream(call.name(), call.arguments()), call.callId()))
            .toList();
    return new ApiRequests.Request(new TreeSet<>(run.using()), calls, run.createdIds());
  }

  private Answer answer(UpstreamSession upstream, Run run, ObjectNode response) {
    AccountIds ids = new AccountIds(accountId.value(), upstream.accountId());
    ResponseReader reader = new ResponseReader(run, response);
    session.heardOf(reader.sessionState());
    List<Invocation> theirs = reader.responses();
    answered.accept(theirs);
    List<Invocation> ours = new ArrayList<>();
    for (Invocation one : theirs) {
      ours.add(
          ids.fromUpstream(one.name(), one.arguments())
              .map(arguments -> new Invocation(one.name(), arguments, one.callId()))
              .orElseGet(() -> foreign(one)));
    }
    return new Answer(ours, reader.createdIds());
  }

  private static Invocation foreign(Invocation response) {
    MethodError error =
        onlyReads(response)
            ? MethodError.serverFail("the account's server answered for another account")
            : MethodError.serverPartialFail("the account's server answered for another account");
    return error(response.callId(), error);
  }

  /** Only the client can find out what became of calls that write. */
  private static Answer unknown(Run run, OutcomeUnknownException e) {
    String message = String.valueOf(e.getMessage());
    List<Invocation> errors =
        run.calls().stream()
            .map(
                call ->
                    error(
                        call.callId(),
                        onlyReads(call)
                            ? MethodError.serverUnavailable(message)
                            : MethodError.serverPartialFail(
                                message + "; what became of this call is not known")))
            .toList();
    return new Answer(errors, Map.of());
  }

  private static boolean onlyReads(Invocation call) {
    return READING.contains(call.name().substring(call.name().lastIndexOf('/') + 1));
  }

  private static Invocation error(String callId, MethodError error) {
    return new Invocation("error", error.toJson(), callId);
  }
}
