package org.jmapproxy.core.spi;

import org.jmapproxy.core.error.SetError;

/**
 * What became of a creation.
 *
 * @param <T> the object
 */
public sealed interface CreateOutcome<T> {

  /**
   * It exists now.
   *
   * @param <T> the object
   * @param object the object with its id and everything that the server chose
   */
  record Created<T>(T object) implements CreateOutcome<T> {}

  /**
   * It does not.
   *
   * @param <T> the object
   * @param error why
   */
  record NotCreated<T>(SetError error) implements CreateOutcome<T> {}
}
