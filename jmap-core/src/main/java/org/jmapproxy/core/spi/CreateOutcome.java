package org.jmapproxy.core.spi;

import java.util.Set;
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
   * @param changedByServer names of properties that were sent but have another value now; what a
   *     create response shows anyway, and defaults of what was left out, need not be named
   */
  record Created<T>(T object, Set<String> changedByServer) implements CreateOutcome<T> {

    /** Copies the names. */
    public Created {
      changedByServer = Set.copyOf(changedByServer);
    }

    /** It exists exactly as asked for. */
    public Created(T object) {
      this(object, Set.of());
    }
  }

  /**
   * It does not.
   *
   * @param <T> the object
   * @param error why
   */
  record NotCreated<T>(SetError error) implements CreateOutcome<T> {}
}
