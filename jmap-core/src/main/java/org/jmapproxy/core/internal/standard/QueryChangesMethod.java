package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Foo/queryChanges} (RFC 8620 section 5.6), without remembering any result: every object
 * that may have moved is removed, and added again where it is now.
 */
final class QueryChangesMethod<T, C, U> extends TypeMethod<T, C, U> {

  private static final int ATTEMPTS = 4;

  QueryChangesMethod(DataType<T, C, U> type) {
    super(type, StandardMethod.QUERY_CHANGES);
  }

  /** The difference of two results. */
  private record Difference(
      State newState, Set<Id> removed, List<Map.Entry<Id, Long>> added, OptionalLong total) {}

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    QueryCall.Sent sent = QueryCall.Sent.read(reader, type);
    String since = reader.requiredString("sinceQueryState");
    OptionalLong maxChanges = reader.unsigned("maxChanges");
    Optional<String> upToId = reader.string("upToId");
    boolean calculateTotal = reader.flag("calculateTotal", false);
    reader.end();
    TypeCall<T, C, U> call = TypeCall.open(type, context, accountId);
    QueryCall<T, C, U> query = QueryCall.of(call, sent);

    Difference difference = difference(query, since, usable(query, upToId), calculateTotal);
    if (difference.removed().size() + difference.added().size()
        > maxChanges.orElse(Long.MAX_VALUE)) {
      throw new MethodException(MethodError.tooManyChanges());
    }

    ObjectNode response = call.response();
    response.put("oldQueryState", since);
    response.put("newQueryState", difference.newState().value());
    difference.total().ifPresent(total -> response.put("total", total));
    ArrayNode removed = response.putArray("removed");
    difference.removed().forEach(id -> removed.add(id.value()));
    ArrayNode added = response.putArray("added");
    difference
        .added()
        .forEach(
            item ->
                added.addObject().put("id", item.getKey().value()).put("index", item.getValue()));
    return respond(call, response, sent.extras(), Optional.empty());
  }

  /** {@code upToId} only says something if objects never move by themselves. */
  private Optional<Id> usable(QueryCall<T, C, U> query, Optional<String> upToId) {
    return upToId
        .map(query.call().context().creationIds())
        .filter(id -> Id.isValid(id) && query.isImmutable())
        .map(Id::of);
  }

  /**
   * Tries until nothing happened while the result was looked at: an index that counts an object
   * which the client hears of later would be wrong for good.
   */
  private Difference difference(
      QueryCall<T, C, U> query, String since, Optional<Id> upToId, boolean calculateTotal) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Changes changes =
          ChangesSince.all(query.call(), since).orElseThrow(QueryChangesMethod::cannotCalculate);
      if (changes.size() > 0 && !query.canCalculateChanges()) {
        throw cannotCalculate();
      }
      Difference difference = difference(query, changes, upToId, calculateTotal);
      if (query.call().state().equals(changes.newState())) {
        return difference;
      }
    }
    throw cannotCalculate();
  }

  private Difference difference(
      QueryCall<T, C, U> query, Changes changes, Optional<Id> upToId, boolean calculateTotal) {
    Set<Id> candidates =
        changes.size() == 0
            ? Set.of()
            : type.queryCandidates()
                .of(query.call().callContext(), query.call().roles(), query.query(), changes);
    if (candidates.isEmpty() && !calculateTotal) {
      return new Difference(changes.newState(), Set.of(), List.of(), OptionalLong.empty());
    }
    QueryResult result = query.result();
    Set<Id> asked = new LinkedHashSet<>(candidates);
    upToId.ifPresent(asked::add);
    Map<Id, Long> ranks = candidates.isEmpty() ? Map.of() : result.ranks(asked);
    long last = upToId.map(id -> ranks.getOrDefault(id, Long.MAX_VALUE)).orElse(Long.MAX_VALUE);

    Set<Id> removed = new LinkedHashSet<>(candidates);
    removed.removeIf(id -> ranks.getOrDefault(id, 0L) > last);
    List<Map.Entry<Id, Long>> added = new ArrayList<>();
    for (Id id : removed) {
      Long rank = ranks.get(id);
      if (rank != null) {
        added.add(Map.entry(id, rank));
      }
    }
    added.sort(Comparator.comparing(Map.Entry::getValue));
    OptionalLong total = calculateTotal ? OptionalLong.of(result.total()) : OptionalLong.empty();
    return new Difference(changes.newState(), removed, added, total);
  }

  private static MethodException cannotCalculate() {
    return new MethodException(MethodError.cannotCalculateChanges());
  }
}
