package org.jmapproxy.core.transport;

/** An open event stream. Thread-safe. */
public interface EventStream extends AutoCloseable {

  /** Seconds between pings that the transport has to ask for; 0: none. */
  int pingSeconds();

  /** Sends a ping event. */
  void ping();

  /** Stops listening; nothing is sent any more. Called by the transport when the client is gone. */
  @Override
  void close();
}
