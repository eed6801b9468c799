package org.jmapproxy.core.spi;

/** Something that goes on until it is closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends it; a second call does nothing. */
  @Override
  void close();
}
