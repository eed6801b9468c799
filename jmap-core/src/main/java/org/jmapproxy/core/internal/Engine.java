package org.jmapproxy.core.internal;

import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.blob.BlobEntry;
import org.jmapproxy.core.internal.dispatch.ApiRequest;
import org.jmapproxy.core.internal.dispatch.Dispatcher;
import org.jmapproxy.core.internal.dispatch.RequestParser;
import org.jmapproxy.core.internal.dispatch.Responses;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.internal.json.JsonBounds;
import org.jmapproxy.core.internal.json.JsonReader;
import org.jmapproxy.core.internal.json.JsonWriter;
import org.jmapproxy.core.internal.push.EventStreams;
import org.jmapproxy.core.internal.registry.CoreModule;
import org.jmapproxy.core.internal.registry.Registry;
import org.jmapproxy.core.internal.session.Sessions;
import org.jmapproxy.core.internal.session.VisibleAccounts;
import org.jmapproxy.core.method.CallObserver;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.AccountProvider;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.Answer;
import org.jmapproxy.core.transport.EventSink;
import org.jmapproxy.core.transport.EventStream;
import org.jmapproxy.core.transport.EventStreamRequest;

/** The server object: each entry point checks its limits and hands on to the room that knows. */
public final class Engine implements JmapServer {

  private final AccountProvider provider;
  private final Limits limits;
  private final Clock clock;
  private final JsonReader reader;
  private final Dispatcher dispatcher;
  private final Sessions sessions;
  private final EventStreams eventStreams;
  private final ConcurrencyLimit requests;
  private final ConcurrencyLimit uploads;

  /**
   * A server of modules, beside core's own.
   *
   * @throws IllegalStateException when the modules contradict each other
   */
  public Engine(
      List<JmapModule> modules,
      AccountProvider provider,
      Limits limits,
      Clock clock,
      CallObserver observer) {
    this.provider = provider;
    this.limits = limits;
    this.clock = clock;
    List<JmapModule> all = new ArrayList<>(List.of(new CoreModule(limits)));
    all.addAll(modules);
    Registry registry = Registry.of(all);
    reader = new JsonReader(JsonBounds.forRequests(limits.maxSizeRequest()));
    dispatcher = new Dispatcher(registry, limits, clock, observer);
    sessions = new Sessions(registry);
    eventStreams = new EventStreams(registry);
    requests =
        new ConcurrencyLimit(
            "maxConcurrentRequests", limits.maxConcurrentRequests(), limits.requestPatience());
    uploads =
        new ConcurrencyLimit(
            "maxConcurrentUpload", limits.maxConcurrentUpload(), limits.requestPatience());
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Answer handle(Principal principal, byte[] body) {
    return guarded(
        "a request",
        () -> {
          if (body.length > limits.maxSizeRequest()) {
            throw new RequestException(RequestError.limit("maxSizeRequest"));
          }
          return requests.during(principal.name(), () -> answer(principal, body));
        });
  }

  @Override
  public Answer session(Principal principal, SessionUrls urls) {
    return guarded(
        "a session",
        () ->
            Answer.json(
                200, JsonWriter.write(sessions.session(principal, accounts(principal), urls))));
  }

  @Override
  public Answer upload(
      Principal principal, Id accountId, String type, OptionalLong length, InputStream body) {
    return guarded(
        "an upload",
        () -> {
          VisibleAccounts accounts = accounts(principal);
          BlobEntry entry = blobEntry(principal, accounts, accountId);
          long most = accounts.within(limits).maxSizeUpload();
          return uploads.during(
              principal.name(),
              () -> Answer.json(201, JsonWriter.write(entry.upload(type, length, body, most))));
        });
  }

  @Override
  public Optional<Blob> download(Principal principal, Id accountId, Id blobId) {
    try {
      return blobEntry(principal, accounts(principal), accountId).download(blobId);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      throw new RequestException(Failures.toRequestError(e, "a download"));
    }
  }

  @Override
  public EventStream events(Principal principal, EventStreamRequest request, EventSink sink) {
    try {
      return eventStreams.open(
          accounts(principal), accountId -> callContext(principal, accountId), request, sink);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      throw new RequestException(Failures.toRequestError(e, "an event stream"));
    }
  }

  @Override
  public List<Invocation> call(Principal principal, List<Invocation> calls) {
    return dispatcher.call(principal, accounts(principal), calls);
  }

  private Answer answer(Principal principal, byte[] body) {
    ApiRequest request = RequestParser.parse(reader.read(body));
    VisibleAccounts accounts = accounts(principal);
    Responses responses = dispatcher.answer(principal, accounts, request);
    String state = sessions.state(principal, accounts);
    return Answer.json(200, JsonWriter.write(responses.toJson(state)));
  }

  private VisibleAccounts accounts(Principal principal) {
    return VisibleAccounts.of(provider.visibleTo(principal));
  }

  private BlobEntry blobEntry(Principal principal, VisibleAccounts accounts, Id accountId) {
    Account account =
        accounts
            .find(accountId)
            .orElseThrow(
                () -> new RequestException(RequestError.plain(404, "there is no such account")));
    return new BlobEntry(account, callContext(principal, accountId));
  }

  private CallContext callContext(Principal principal, Id accountId) {
    return new CallContext(principal, accountId, clock.instant().plus(limits.callTimeout()));
  }

  private static Answer guarded(String what, Supplier<Answer> answer) {
    try {
      return answer.get();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return Answer.problem(Failures.toRequestError(e, what));
    }
  }
}
