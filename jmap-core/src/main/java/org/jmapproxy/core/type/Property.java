package org.jmapproxy.core.type;

import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;

/**
 * One property of a data type. Immutable; the {@code with}-like methods return changed copies.
 *
 * @param <T> the object
 * @param name the name on the wire
 * @param type what values may be; identifiers inside are known from it
 * @param access who may set it, and when
 * @param defaultValue the value of a creation that leaves the property out; absent: the property is
 *     required on create, unless it is {@link Access#SERVER_SET} or {@link #optional}
 * @param optional whether a creation may leave it out although there is no default
 * @param returnedByDefault whether /get without {@code properties} includes it
 * @param derived computed from other properties: {@code updatedProperties} and copies leave it out
 * @param secret never shown: a /get that asks for it is refused
 * @param renderer writes the value of an object
 */
public record Property<T>(
    String name,
    JsonType type,
    Access access,
    Optional<JsonNode> defaultValue,
    boolean optional,
    boolean returnedByDefault,
    boolean derived,
    boolean secret,
    Renderer<T> renderer) {

  /** Who may set a property. */
  public enum Access {
    /** Clients, on create and on update. */
    WRITABLE,
    /** Clients, on create only. */
    IMMUTABLE,
    /** The server alone. */
    SERVER_SET
  }

  /**
   * Writes the value of a property.
   *
   * @param <T> the object
   */
  @FunctionalInterface
  public interface Renderer<T> {

    /**
     * The value, never Java's null; {@code NullNode} for none, {@code MissingNode} to leave the
     * property out of what is shown.
     */
    JsonNode render(T object, RenderContext context);
  }

  /** A property that only the server sets. */
  public static <T> Property<T> serverSet(
      String name, JsonType type, Function<T, JsonNode> getter) {
    return new Property<>(
        name,
        type,
        Access.SERVER_SET,
        Optional.empty(),
        true,
        true,
        false,
        false,
        (o, c) -> getter.apply(o));
  }

  /** A property that clients may change, required on create until it has a default. */
  public static <T> Property<T> writable(String name, JsonType type, Function<T, JsonNode> getter) {
    return new Property<>(
        name,
        type,
        Access.WRITABLE,
        Optional.empty(),
        false,
        true,
        false,
        false,
        (o, c) -> getter.apply(o));
  }

  /** A property that clients set once, required on create until it has a default. */
  public static <T> Property<T> immutable(
      String name, JsonType type, Function<T, JsonNode> getter) {
    return new Property<>(
        name,
        type,
        Access.IMMUTABLE,
        Optional.empty(),
        false,
        true,
        false,
        false,
        (o, c) -> getter.apply(o));
  }

  /** With a default for creations. */
  public Property<T> withDefault(JsonNode value) {
    return new Property<>(
        name, type, access, Optional.of(value), true, returnedByDefault, derived, secret, renderer);
  }

  /** May be left out on create although there is no default. */
  public Property<T> asOptional() {
    return new Property<>(
        name, type, access, defaultValue, true, returnedByDefault, derived, secret, renderer);
  }

  /** Returned only when asked for by name. */
  public Property<T> onRequest() {
    return new Property<>(
        name, type, access, defaultValue, optional, false, derived, secret, renderer);
  }

  /** Never shown, not even when asked for by name: that is {@code forbidden}. */
  public Property<T> asSecret() {
    return new Property<>(
        name, type, access, defaultValue, optional, false, derived, true, renderer);
  }

  /** Computed from other properties. */
  public Property<T> asDerived() {
    return new Property<>(
        name, type, access, defaultValue, optional, returnedByDefault, true, secret, renderer);
  }

  /** With a renderer that needs more than the object. */
  public Property<T> renderedBy(Renderer<T> other) {
    return new Property<>(
        name, type, access, defaultValue, optional, returnedByDefault, derived, secret, other);
  }
}
