package org.jmapproxy.core.testkit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.QuerySupport;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.MemorySelection;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;

/**
 * The objects of one type in an {@link InMemoryAccount}. The public methods that are no role's are
 * the back door. Thread-safe.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public final class InMemoryObjects<T, C, U> implements ReadRole<T>, WriteRole<T, C, U>, QueryRole {

  private final Account account;
  private final DataType<T, C, U> type;
  private final BiFunction<Id, C, T> creator;
  private final BiFunction<T, U, T> updater;
  private final ChangeBus bus;
  private final ChangeLog log = new ChangeLog();
  private final Map<Id, T> objects = new LinkedHashMap<>();
  private final Queue<Optional<RuntimeException>> failures = new ArrayDeque<>();
  private int number;

  InMemoryObjects(
      Account account,
      DataType<T, C, U> type,
      BiFunction<Id, C, T> creator,
      BiFunction<T, U, T> updater,
      ChangeBus bus) {
    this.account = account;
    this.type = type;
    this.creator = creator;
    this.updater = updater;
    this.bus = bus;
  }

  /** The role that tells changes. */
  public ChangesRole changes() {
    return log;
  }

  /** Creates an object. */
  public synchronized T add(C creation) {
    number++;
    Id id = Id.of(type.name().toLowerCase(Locale.ROOT) + number);
    T object = creator.apply(id, creation);
    objects.put(id, object);
    log.created(id);
    publish();
    return object;
  }

  /** Replaces an object. */
  public synchronized void change(Id id, UnaryOperator<T> change) {
    objects.put(id, change.apply(Objects.requireNonNull(objects.get(id))));
    log.updated(id);
    publish();
  }

  /** Destroys an object. */
  public synchronized void remove(Id id) {
    objects.remove(id);
    log.destroyed(id);
    publish();
  }

  /** All objects as they are now. */
  public synchronized List<T> all() {
    return List.copyOf(objects.values());
  }

  /** Lets a batch of the write role fail; several calls line up for several batches. */
  public synchronized void failNextWrite(RuntimeException failure) {
    failures.add(Optional.of(failure));
  }

  /** Lines up a batch of the write role that does not fail. */
  public synchronized void letNextWritePass() {
    failures.add(Optional.empty());
  }

  private void publish() {
    bus.publish(new StateChange(account.id(), Map.of(type.name(), log.state())));
  }

  private void failIfAskedTo() {
    Optional<RuntimeException> failure = failures.poll();
    if (failure != null && failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public synchronized List<T> read(CallContext context, ReadRequest request) {
    Collection<Id> ids = request.ids().<Collection<Id>>map(i -> i).orElse(objects.keySet());
    return ids.stream().filter(objects::containsKey).map(this::object).toList();
  }

  private T object(Id id) {
    return Objects.requireNonNull(objects.get(id));
  }

  @Override
  public synchronized Map<String, CreateOutcome<T>> create(
      CallContext context, Map<String, C> creations, Arguments arguments) {
    failIfAskedTo();
    Map<String, CreateOutcome<T>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) ->
            outcomes.put(creationId, new CreateOutcome.Created<>(add(creation))));
    return outcomes;
  }

  @Override
  public synchronized Map<Id, UpdateOutcome<T>> update(
      CallContext context, Map<Id, U> updates, Arguments arguments) {
    failIfAskedTo();
    Map<Id, UpdateOutcome<T>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, update(context, id, update)));
    return outcomes;
  }

  private UpdateOutcome<T> update(CallContext context, Id id, U update) {
    if (!objects.containsKey(id)) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    T before = object(id);
    change(id, object -> updater.apply(object, update));
    T after = object(id);
    return new UpdateOutcome.Updated<>(Optional.of(after), changedByServer(context, before, after));
  }

  private Set<String> changedByServer(CallContext context, T before, T after) {
    RenderContext rendering = new RenderContext(context, Arguments.none(), account.roles());
    Set<String> names = new LinkedHashSet<>();
    for (Property<T> property : type.properties().values()) {
      if (property.access() == Property.Access.SERVER_SET
          && property.returnedByDefault()
          && !property
              .renderer()
              .render(before, rendering)
              .equals(property.renderer().render(after, rendering))) {
        names.add(property.name());
      }
    }
    return names;
  }

  @Override
  public synchronized Map<Id, DestroyOutcome> destroy(
      CallContext context, Set<Id> ids, Arguments arguments) {
    failIfAskedTo();
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    for (Id id : ids) {
      if (objects.containsKey(id)) {
        remove(id);
        outcomes.put(id, new DestroyOutcome.Destroyed());
      } else {
        outcomes.put(id, new DestroyOutcome.NotDestroyed(SetError.notFound()));
      }
    }
    return outcomes;
  }

  @Override
  public QuerySupport support() {
    return new QuerySupport(
        type.filters().entrySet().stream()
            .filter(entry -> entry.getValue().test().isPresent())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()),
        type.sorts().entrySet().stream()
            .filter(entry -> entry.getValue().order().isPresent())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  @Override
  public synchronized QueryPage page(
      CallContext context, Query query, long position, int limit, boolean calculateTotal) {
    List<Id> found = MemorySelection.of(type, all(), query).stream().map(type::idOf).toList();
    List<Id> page = found.stream().skip(position).limit(limit).toList();
    return new QueryPage(
        page, calculateTotal ? OptionalLong.of(found.size()) : OptionalLong.empty());
  }
}
