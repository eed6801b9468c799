package org.jmapproxy.core.types;

import java.time.Duration;
import java.util.List;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.types.internal.push.Push;
import org.jmapproxy.core.types.internal.push.PushSubscriptionType;

/**
 * Push subscriptions (RFC 8620 section 7.2): PushSubscription/get and /set, and the posting of
 * state changes. Content is not encrypted, so subscriptions with {@code keys} are refused.
 *
 * <p>A verified subscription keeps the accounts of its principal awake. Thread-safe.
 */
public final class PushModule implements JmapModule, AutoCloseable {

  /** Runs short tasks later. */
  @FunctionalInterface
  public interface Timer {

    /** Runs a task once, after a delay, on a thread that it does not block. */
    void after(Duration delay, Runnable task);
  }

  private final Push push;

  PushModule(Push push) {
    this.push = push;
  }

  /** Starts to collect what the module is made of. */
  public static PushModuleBuilder builder() {
    return new PushModuleBuilder();
  }

  /** Takes up the subscriptions that the store has kept; to be called once. */
  public void start() {
    push.start();
  }

  /** The credentials of a principal are no longer valid: destroys what was made with them. */
  public void end(String principalName) {
    push.end(principalName);
  }

  /** An account was opened anew, or changed: listens to it again. */
  public void accountChanged(Id accountId) {
    push.accountChanged(accountId);
  }

  /** How many subscriptions there are, verified or not. */
  public int count() {
    return push.count();
  }

  /** Stops to listen and to push; subscriptions stay in the store. */
  @Override
  public void close() {
    push.close();
  }

  /** None of its own: push subscriptions belong to the core capability. */
  @Override
  public List<Capability> capabilities() {
    return List.of();
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(PushSubscriptionType.TYPE);
  }

  @Override
  public Roles roles() {
    return push.roles();
  }
}
