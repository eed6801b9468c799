package org.jmapproxy.core.type;

import org.jmapproxy.core.error.SetError;

/**
 * The result of decoding a creation or an update.
 *
 * @param <V> the value
 */
public sealed interface Decoded<V> {

  /**
   * It makes sense.
   *
   * @param <V> the value
   * @param value what a write role is given
   */
  record Valid<V>(V value) implements Decoded<V> {}

  /**
   * It does not.
   *
   * @param <V> the value
   * @param error what the client is told about this object
   */
  record Invalid<V>(SetError error) implements Decoded<V> {}
}
