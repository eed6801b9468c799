package org.jmapproxy.core.spi;

import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;

/**
 * Changes objects of one data type, in batches of values that the engine has validated: properties
 * are known and of the right type, creation ids are resolved, immutable properties are untouched.
 * Every key given is answered; a failure of one object does not stop the others. A batch that
 * throws is reported as failed object by object, and the client is told to look for changes that it
 * was not told of. Thread-safe.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface WriteRole<T, C, U> {

  /**
   * Creates objects, in the order of the map.
   *
   * @param creations by creation id
   */
  Map<String, CreateOutcome<T>> create(
      CallContext context, Map<String, C> creations, Arguments arguments);

  /** Updates objects, in the order of the map. */
  Map<Id, UpdateOutcome<T>> update(CallContext context, Map<Id, U> updates, Arguments arguments);

  /** Destroys objects; all ids are given at once so that parents and children can go together. */
  Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments);
}
