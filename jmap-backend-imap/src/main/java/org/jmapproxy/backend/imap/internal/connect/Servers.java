package org.jmapproxy.backend.imap.internal.connect;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** The servers that accounts are on, and how many connections each may get. Thread-safe. */
public final class Servers {
  private final int most;
  private final IntConsumer changes;
  private final Map<String, ServerSlots> byHost = new ConcurrentHashMap<>();

  /**
   * Each server gets so many connections at most.
   *
   * @param changes is told by how much their number changes
   */
  public Servers(int most, IntConsumer changes) {
    this.changes = changes;
    this.most = most;
  }

  /** The connections to a host, whatever its port. */
  public ServerSlots of(String host) {
    return byHost.computeIfAbsent(
        host.toLowerCase(Locale.ROOT), name -> new ServerSlots(most, changes));
  }
}
