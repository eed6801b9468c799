package org.jmapproxy.core.type;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.SortProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Builds a {@link DataType}. Starts with the property {@code id} and the method /get.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public final class DataTypeBuilder<T, C, U> {

  final String name;
  final String capability;
  final Function<T, Id> idOf;
  final Map<String, Property<T>> properties = new LinkedHashMap<>();
  final Set<StandardMethod> methods = EnumSet.of(StandardMethod.GET);
  final Map<String, FilterProperty<T, ?>> filters = new LinkedHashMap<>();
  final Map<String, SortProperty<T>> sorts = new LinkedHashMap<>();
  final Map<StandardMethod, List<Argument<?>>> arguments = new EnumMap<>(StandardMethod.class);
  final Map<StandardMethod, List<ResponseMember>> responseMembers =
      new EnumMap<>(StandardMethod.class);
  final Set<String> createResponse = new LinkedHashSet<>();
  final List<FollowUp> followUps = new ArrayList<>();
  final List<SetConclusion<T>> conclusions = new ArrayList<>();
  boolean singleton;
  boolean idsMayBeNull = true;
  boolean ofAccounts = true;
  @Nullable DynamicProperties<T> dynamicProperties;
  @Nullable Function<ObjectCreation, Decoded<C>> creationDecoder;
  @Nullable Function<ObjectUpdate, Decoded<U>> updateDecoder;
  @Nullable CopyRecipe copyRecipe;
  @Nullable BiPredicate<T, Predicate<String>> visibility;
  MemoryQuery<T> memoryQuery = MemoryQuery.filterThenSort();
  QueryCandidates queryCandidates = QueryCandidates.changedObjects();
  Preparation<T> preparation = Preparation.none();

  DataTypeBuilder(String name, String capability, Function<T, Id> idOf) {
    this.name = name;
    this.capability = capability;
    this.idOf = idOf;
    property(
        Property.serverSet(
            "id", JsonType.ID, o -> JsonNodeFactory.instance.stringNode(idOf.apply(o).value())));
    createResponse("id");
  }

  /** Adds a property; a name twice is an error. */
  public DataTypeBuilder<T, C, U> property(Property<T> property) {
    if (properties.putIfAbsent(property.name(), property) != null) {
      throw new IllegalStateException(name + " declares " + property.name() + " twice");
    }
    return this;
  }

  /** Adds a family of properties whose names are data. */
  public DataTypeBuilder<T, C, U> dynamicProperties(DynamicProperties<T> family) {
    dynamicProperties = family;
    return this;
  }

  /** Offers further standard methods. */
  public DataTypeBuilder<T, C, U> methods(StandardMethod first, StandardMethod... more) {
    methods.addAll(EnumSet.of(first, more));
    return this;
  }

  /** There is exactly one object: it cannot be created or destroyed. */
  public DataTypeBuilder<T, C, U> singleton() {
    singleton = true;
    return this;
  }

  /**
   * Objects belong to the principal and to no account: methods take no {@code accountId} and tell
   * no states, and what serves them are roles of the module ({@code JmapModule.roles}). Such a type
   * offers /get and /set alone.
   */
  public DataTypeBuilder<T, C, U> withoutAccount() {
    ofAccounts = false;
    return this;
  }

  /** /get must name ids. */
  public DataTypeBuilder<T, C, U> idsRequired() {
    idsMayBeNull = false;
    return this;
  }

  /** Objects can be created. */
  public DataTypeBuilder<T, C, U> creations(Function<ObjectCreation, Decoded<C>> decoder) {
    creationDecoder = decoder;
    return this;
  }

  /** Objects can be updated. */
  public DataTypeBuilder<T, C, U> updates(Function<ObjectUpdate, Decoded<U>> decoder) {
    updateDecoder = decoder;
    return this;
  }

  /** Adds a filter property; a name twice is an error. */
  public DataTypeBuilder<T, C, U> filter(FilterProperty<T, ?> property) {
    if (filters.putIfAbsent(property.name(), property) != null) {
      throw new IllegalStateException(name + " declares the filter " + property + " twice");
    }
    return this;
  }

  /** Adds a sort property; a name twice is an error. */
  public DataTypeBuilder<T, C, U> sort(SortProperty<T> property) {
    if (sorts.putIfAbsent(property.name(), property) != null) {
      throw new IllegalStateException(name + " declares the sort " + property + " twice");
    }
    return this;
  }

  /** Adds extra arguments to a method. */
  public DataTypeBuilder<T, C, U> arguments(StandardMethod method, Argument<?>... extra) {
    arguments.computeIfAbsent(method, m -> new ArrayList<>()).addAll(List.of(extra));
    return this;
  }

  /** Adds a member to the response of a method. */
  public DataTypeBuilder<T, C, U> responseMember(StandardMethod method, ResponseMember member) {
    responseMembers.computeIfAbsent(method, m -> new ArrayList<>()).add(member);
    return this;
  }

  /** Properties that a create response shows beside {@code id}. */
  public DataTypeBuilder<T, C, U> createResponse(String... names) {
    createResponse.addAll(List.of(names));
    return this;
  }

  /** Adds implicit calls after /set and /copy. */
  public DataTypeBuilder<T, C, U> followUp(FollowUp followUp) {
    followUps.add(followUp);
    return this;
  }

  /** Adds what a /set does last if nothing in it failed. */
  public DataTypeBuilder<T, C, U> conclusion(SetConclusion<T> conclusion) {
    conclusions.add(conclusion);
    return this;
  }

  /** Copies otherwise than by reading and creating. */
  public DataTypeBuilder<T, C, U> copyRecipe(CopyRecipe recipe) {
    copyRecipe = recipe;
    return this;
  }

  /** Answers queries in memory otherwise than by filtering, then sorting. */
  public DataTypeBuilder<T, C, U> memoryQuery(MemoryQuery<T> query) {
    memoryQuery = query;
    return this;
  }

  /** Changes move other objects in query results than those that changed. */
  public DataTypeBuilder<T, C, U> queryCandidates(QueryCandidates candidates) {
    queryCandidates = candidates;
    return this;
  }

  /**
   * Objects that do not concern a request are hidden from it.
   *
   * @param visible tells whether to show an object, given which data types the request asked for
   */
  public DataTypeBuilder<T, C, U> visibleIf(BiPredicate<T, Predicate<String>> visible) {
    visibility = visible;
    return this;
  }

  /** Makes something ready for all objects of a /get before the first is rendered. */
  public DataTypeBuilder<T, C, U> preparation(Preparation<T> before) {
    preparation = before;
    return this;
  }

  /**
   * The immutable declaration.
   *
   * @throws IllegalStateException if the declaration contradicts itself
   */
  public DataType<T, C, U> build() {
    if (!ofAccounts && !EnumSet.of(StandardMethod.GET, StandardMethod.SET).containsAll(methods)) {
      throw new IllegalStateException(name + " has no account, so it has only /get and /set");
    }
    return new DataType<>(this);
  }
}
