package org.jmapproxy.core.spi;

/**
 * The key of one ability that an account may have. Two keys are the same when their names are; the
 * type parameter keeps a backend from putting the wrong thing under a key.
 *
 * @param <R> the interface that stands under this key
 */
public final class Role<R> {

  private final String name;
  private final Class<? super R> type;

  private Role(String name, Class<? super R> type) {
    this.name = name;
    this.type = type;
  }

  /**
   * A key.
   *
   * @param name unique among all modules, for example {@code Mailbox/read}
   * @param type the interface that implementations have, erased
   */
  public static <R> Role<R> of(String name, Class<? super R> type) {
    return new Role<>(name, type);
  }

  /** The unique name. */
  public String name() {
    return name;
  }

  /** The erased interface. */
  public Class<? super R> type() {
    return type;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Role<?> role && role.name.equals(name) && role.type.equals(type);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
