package org.jmapproxy.core.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one account can do: an immutable map from {@link Role} to its implementation. */
public final class Roles {

  private final Map<Role<?>, Object> byKey;

  private Roles(Map<Role<?>, Object> byKey) {
    this.byKey = Map.copyOf(byKey);
  }

  /** Starts an empty map. */
  public static Builder builder() {
    return new Builder();
  }

  /** The implementation under a key, if the account has this ability. */
  public <R> Optional<R> find(Role<R> role) {
    @SuppressWarnings("unchecked") // the builder only accepts an R under a Role<R>
    R found = (R) byKey.get(role);
    return Optional.ofNullable(found);
  }

  /** Whether the account has this ability. */
  public boolean has(Role<?> role) {
    return byKey.containsKey(role);
  }

  /** All keys. */
  public Set<Role<?>> keys() {
    return byKey.keySet();
  }

  /** These abilities and one more, which takes the place of one under the same key. */
  public <R> Roles with(Role<R> role, R implementation) {
    Map<Role<?>, Object> more = new LinkedHashMap<>(byKey);
    more.put(role, implementation);
    return new Roles(more);
  }

  /** Collects roles; each key once. */
  public static final class Builder {

    private final Map<Role<?>, Object> byKey = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds an ability.
     *
     * @throws IllegalStateException when the key has an implementation already
     */
    public <R> Builder with(Role<R> role, R implementation) {
      if (byKey.putIfAbsent(role, implementation) != null) {
        throw new IllegalStateException("the role " + role + " is given twice");
      }
      return this;
    }

    /**
     * Adds all abilities of another map.
     *
     * @throws IllegalStateException when a key has an implementation already
     */
    public Builder withAll(Roles others) {
      others.byKey.forEach(
          (role, implementation) -> {
            if (byKey.putIfAbsent(role, implementation) != null) {
              throw new IllegalStateException("the role " + role + " is given twice");
            }
          });
      return this;
    }

    /** The immutable map. */
    public Roles build() {
      return new Roles(byKey);
    }
  }
}
