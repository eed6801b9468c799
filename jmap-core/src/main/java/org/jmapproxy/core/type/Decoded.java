package org.jmapproxy.core.type;

import java.util.function.Function;
import org.jmapproxy.core.error.SetError;

/**
 * The result of decoding a creation or an update.
 *
 * @param <V> the value
 */
public sealed interface Decoded<V> {

  /** Goes on with the value; what makes no sense still makes none. */
  <W> Decoded<W> map(Function<V, W> next);

  /**
   * It makes sense.
   *
   * @param <V> the value
   * @param value what a write role is given
   */
  record Valid<V>(V value) implements Decoded<V> {
    @Override
    public <W> Decoded<W> map(Function<V, W> next) {
      return new Valid<>(next.apply(value));
    }
  }

  /**
   * It does not.
   *
   * @param <V> the value
   * @param error what the client is told about this object
   */
  record Invalid<V>(SetError error) implements Decoded<V> {
    @Override
    public <W> Decoded<W> map(Function<V, W> next) {
      return new Invalid<>(error);
    }
  }
}
