package org.jmapproxy.core.spi;

import java.util.List;

/**
 * Reads the objects of one data type. The only role that a type needs. Thread-safe.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface ReadRole<T> {

  /** The objects found, in any order; ids without an object are left out. */
  List<T> read(CallContext context, ReadRequest request);
}
