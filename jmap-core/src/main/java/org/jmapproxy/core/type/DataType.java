package org.jmapproxy.core.type;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.WriteRole;

/**
 * The declaration of a data type: all that the engine needs to answer its standard methods (RFC
 * 8620 section 5). Immutable; held as a constant and registered through a module.
 *
 * @param <T> the object as backends hand it out
 * @param <C> what a creation is decoded to for the backend
 * @param <U> what an update is decoded to for the backend
 */
public final class DataType<T, C, U> {

  private final String name;
  private final String capability;
  private final Function<T, Id> idOf;
  private final Map<String, Property<T>> properties;
  private final Optional<DynamicProperties<T>> dynamicProperties;
  private final Set<StandardMethod> methods;
  private final boolean singleton;
  private final boolean idsMayBeNull;
  private final boolean ofAccounts;
  private final Optional<Function<ObjectCreation, Decoded<C>>> creationDecoder;
  private final Optional<Function<ObjectUpdate, Decoded<U>>> updateDecoder;
  private final Map<String, FilterProperty<T, ?>> filters;
  private final Map<String, SortProperty<T>> sorts;
  private final Map<StandardMethod, List<Argument<?>>> arguments;
  private final Map<StandardMethod, List<ResponseMember>> responseMembers;
  private final Set<String> createResponse;
  private final List<FollowUp> followUps;
  private final List<SetConclusion<T>> conclusions;
  private final Optional<CopyRecipe> copyRecipe;
  private final Optional<BiPredicate<T, Predicate<String>>> visibility;
  private final MemoryQuery<T> memoryQuery;
  private final QueryCandidates queryCandidates;
  private final Preparation<T> preparation;
  private final Role<ReadRole<T>> readRole;
  private final Role<ChangesRole> changesRole;
  private final Role<WriteRole<T, C, U>> writeRole;
  private final Role<QueryRole> queryRole;

  DataType(DataTypeBuilder<T, C, U> b) {
    name = b.name;
    capability = b.capability;
    idOf = b.idOf;
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(b.properties));
    dynamicProperties = Optional.ofNullable(b.dynamicProperties);
    methods = Collections.unmodifiableSet(EnumSet.copyOf(b.methods));
    singleton = b.singleton;
    idsMayBeNull = b.idsMayBeNull;
    ofAccounts = b.ofAccounts;
    creationDecoder = Optional.ofNullable(b.creationDecoder);
    updateDecoder = Optional.ofNullable(b.updateDecoder);
    filters = Collections.unmodifiableMap(new LinkedHashMap<>(b.filters));
    sorts = Collections.unmodifiableMap(new LinkedHashMap<>(b.sorts));
    arguments = new EnumMap<>(b.arguments);
    responseMembers = new EnumMap<>(b.responseMembers);
    createResponse = Set.copyOf(b.createResponse);
    followUps = List.copyOf(b.followUps);
    conclusions = List.copyOf(b.conclusions);
    copyRecipe = Optional.ofNullable(b.copyRecipe);
    visibility = Optional.ofNullable(b.visibility);
    memoryQuery = b.memoryQuery;
    queryCandidates = b.queryCandidates;
    preparation = b.preparation;
    readRole = Role.of(name + "/read", ReadRole.class);
    changesRole = Role.of(name + "/changes", ChangesRole.class);
    writeRole = Role.of(name + "/write", WriteRole.class);
    queryRole = Role.of(name + "/query", QueryRole.class);
  }

  /**
   * Starts a declaration.
   *
   * @param name the type's name on the wire
   * @param capability the capability that must stand in {@code using}
   * @param idOf tells an object's id
   */
  public static <T, C, U> DataTypeBuilder<T, C, U> named(
      String name, String capability, Function<T, Id> idOf) {
    return new DataTypeBuilder<>(name, capability, idOf);
  }

  /** The type's name on the wire. */
  public String name() {
    return name;
  }

  /** The capability that must stand in {@code using}. */
  public String capability() {
    return capability;
  }

  /** An object's id. */
  public Id idOf(T object) {
    return idOf.apply(object);
  }

  /**
   * The declared properties by name, in the order of the declaration; the first one is {@code id}.
   */
  public Map<String, Property<T>> properties() {
    return properties;
  }

  /** A property by its name, also one of a dynamic family. */
  public Optional<Property<T>> property(String propertyName) {
    Optional<Property<T>> declared = Optional.ofNullable(properties.get(propertyName));
    return declared.isPresent()
        ? declared
        : dynamicProperties.flatMap(family -> family.find(propertyName));
  }

  /**
   * The properties that an object has beyond the declared ones and that are shown without being
   * asked for.
   */
  public Map<String, Property<T>> furtherProperties(T object) {
    Map<String, Property<T>> further = new LinkedHashMap<>();
    if (dynamicProperties.isPresent()) {
      for (String propertyName : dynamicProperties.get().namesOf(object)) {
        if (!properties.containsKey(propertyName)) {
          dynamicProperties
              .get()
              .find(propertyName)
              .filter(property -> property.returnedByDefault() && !property.secret())
              .ifPresent(property -> further.put(propertyName, property));
        }
      }
    }
    return further;
  }

  /** The standard methods offered. */
  public Set<StandardMethod> methods() {
    return methods;
  }

  /** Whether there is exactly one object, of the id {@code singleton}. */
  public boolean isSingleton() {
    return singleton;
  }

  /** Whether /get with {@code ids: null} lists all objects. */
  public boolean idsMayBeNull() {
    return idsMayBeNull;
  }

  /**
   * Whether objects belong to accounts, as nearly all do. Otherwise they are the principal's own,
   * and methods take no {@code accountId} and tell no states.
   */
  public boolean isOfAccounts() {
    return ofAccounts;
  }

  /** Decodes creations, for types that can be created. */
  public Optional<Function<ObjectCreation, Decoded<C>>> creationDecoder() {
    return creationDecoder;
  }

  /** Decodes updates, for types that can be updated. */
  public Optional<Function<ObjectUpdate, Decoded<U>>> updateDecoder() {
    return updateDecoder;
  }

  /** The filter properties by name. */
  public Map<String, FilterProperty<T, ?>> filters() {
    return filters;
  }

  /** The sort properties by name. */
  public Map<String, SortProperty<T>> sorts() {
    return sorts;
  }

  /** The extra arguments of a method. */
  public List<Argument<?>> arguments(StandardMethod method) {
    return arguments.getOrDefault(method, List.of());
  }

  /** The extra response members of a method. */
  public List<ResponseMember> responseMembers(StandardMethod method) {
    return responseMembers.getOrDefault(method, List.of());
  }

  /** The names of the properties that a create response shows. */
  public Set<String> createResponse() {
    return createResponse;
  }

  /** Implicit calls after /set and /copy. */
  public List<FollowUp> followUps() {
    return followUps;
  }

  /** What a /set does last if nothing in it failed. */
  public List<SetConclusion<T>> conclusions() {
    return conclusions;
  }

  /** How objects are copied, if not by reading and creating them. */
  public Optional<CopyRecipe> copyRecipe() {
    return copyRecipe;
  }

  /** Whether an object is shown to a request that asked for certain data types. */
  public Optional<BiPredicate<T, Predicate<String>>> visibility() {
    return visibility;
  }

  /** How queries are answered without a query role. */
  public MemoryQuery<T> memoryQuery() {
    return memoryQuery;
  }

  /** Which objects changes may have moved in a query's result. */
  public QueryCandidates queryCandidates() {
    return queryCandidates;
  }

  /** What /get does before it renders. */
  public Preparation<T> preparation() {
    return preparation;
  }

  /** The key of the role that reads. */
  public Role<ReadRole<T>> readRole() {
    return readRole;
  }

  /** The key of the role that tells changes. */
  public Role<ChangesRole> changesRole() {
    return changesRole;
  }

  /** The key of the role that writes. */
  public Role<WriteRole<T, C, U>> writeRole() {
    return writeRole;
  }

  /** The key of the role that finds. */
  public Role<QueryRole> queryRole() {
    return queryRole;
  }

  @Override
  public String toString() {
    return name;
  }
}
