package org.jmapproxy.core.internal.standard;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Foo/query} (RFC 8620 section 5.5). */
final class QueryMethod<T, C, U> extends TypeMethod<T, C, U> {

  private static final int ATTEMPTS = 3;

  QueryMethod(DataType<T, C, U> type) {
    super(type, StandardMethod.QUERY);
  }

  /** Which part of the result is asked for. */
  private record Window(
      long position,
      Optional<String> anchor,
      long anchorOffset,
      OptionalLong limit,
      boolean calculateTotal) {

    static Window read(ArgumentReader reader) {
      return new Window(
          reader.integer("position", 0),
          reader.string("anchor"),
          reader.integer("anchorOffset", 0),
          reader.unsigned("limit"),
          reader.flag("calculateTotal", false));
    }

    /** Whether the window is found in more than one step, between which the result may change. */
    boolean hasSteps() {
      return anchor.isPresent() || position < 0;
    }

    int limit(int max) {
      return (int) Math.min(limit.orElse(Long.MAX_VALUE), max);
    }
  }

  /** The part that was found. */
  private record Page(State state, long position, List<Id> ids, OptionalLong total) {}

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    QueryCall.Sent sent = QueryCall.Sent.read(reader, type);
    Window window = Window.read(reader);
    reader.end();
    TypeCall<T, C, U> call = TypeCall.open(type, context, accountId);
    QueryCall<T, C, U> query = QueryCall.of(call, sent);

    // Never more than one /get can fetch, so that a reference to the ids always works.
    int max = context.limits().maxObjectsInGet();
    Page page = settledPage(query, window, window.limit(max));

    ObjectNode response = call.response();
    response.put("queryState", page.state().value());
    response.put("canCalculateChanges", query.canCalculateChanges());
    response.put("position", page.position());
    ArrayNode ids = response.putArray("ids");
    page.ids().forEach(id -> ids.add(id.value()));
    page.total().ifPresent(total -> response.put("total", total));
    if (window.limit().orElse(Long.MAX_VALUE) > max) {
      response.put("limit", max);
    }
    return respond(call, response, sent.extras(), Optional.empty());
  }

  /** Tries again when the result may have changed between the steps. */
  private Page settledPage(QueryCall<T, C, U> query, Window window, int limit) {
    Page page = page(query, window, limit);
    for (int i = 1; i < ATTEMPTS && window.hasSteps() && query.role().isPresent(); i++) {
      if (query.call().state().equals(page.state())) {
        return page;
      }
      page = page(query, window, limit);
    }
    return page;
  }

  private Page page(QueryCall<T, C, U> query, Window window, int limit) {
    State state = query.call().state();
    QueryResult result = query.result();
    OptionalLong total =
        window.calculateTotal() || (window.position() < 0 && window.anchor().isEmpty())
            ? OptionalLong.of(result.total())
            : OptionalLong.empty();
    long position = position(query, window, result, total);
    List<Id> ids = limit == 0 ? List.of() : result.page(position, limit);
    return new Page(state, position, ids, window.calculateTotal() ? total : OptionalLong.empty());
  }

  private long position(
      QueryCall<T, C, U> query, Window window, QueryResult result, OptionalLong total) {
    if (window.anchor().isPresent()) {
      String anchor = query.call().context().creationIds().apply(window.anchor().get());
      return Math.max(0, rank(result, anchor) + window.anchorOffset());
    }
    return window.position() < 0
        ? Math.max(0, total.orElse(0) + window.position())
        : window.position();
  }

  private static long rank(QueryResult result, String anchor) {
    Optional<Id> id = Id.isValid(anchor) ? Optional.of(Id.of(anchor)) : Optional.empty();
    return id.map(found -> result.ranks(List.of(found)).get(found))
        .orElseThrow(() -> new MethodException(MethodError.anchorNotFound()));
  }
}
