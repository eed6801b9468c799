package org.jmapproxy.core.types;

import java.util.List;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;

/**
 * Keeps push subscriptions beyond the end of the process. Asked once at the start and told of each
 * change; thread-safe.
 *
 * <p>Addresses and codes are secrets. What is removed is to be erased, not only unlinked (RFC 8620
 * section 7.2).
 */
public interface PushSubscriptionStore {

  /**
   * All subscriptions kept.
   *
   * @throws BackendException if they cannot be read
   */
  List<PushSubscription> all();

  /**
   * Keeps a subscription in place of an earlier one of the same id.
   *
   * @throws BackendException if it is not kept
   */
  void put(PushSubscription subscription);

  /**
   * Forgets a subscription, if it is known.
   *
   * @throws BackendException if it is still kept
   */
  void remove(Id id);

  /** Keeps nothing: subscriptions end with the process, and clients make new ones. */
  static PushSubscriptionStore none() {
    return new PushSubscriptionStore() {
      @Override
      public List<PushSubscription> all() {
        return List.of();
      }

      @Override
      public void put(PushSubscription subscription) {}

      @Override
      public void remove(Id id) {}
    };
  }
}
