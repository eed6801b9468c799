package org.jmapproxy.core.transport;

/** Where an event stream writes to. Implementations must not block: they queue, within a bound. */
public interface EventSink {

  /**
   * Sends the text of one event, in UTF-8.
   *
   * @param text owned by the receiver
   */
  void send(byte[] text);

  /** Ends the stream after what was sent. */
  void end();
}
