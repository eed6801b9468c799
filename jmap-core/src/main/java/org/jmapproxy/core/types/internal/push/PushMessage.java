package org.jmapproxy.core.types.internal.push;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.RequestContent;
import org.jmapproxy.core.http.ResponseBounds;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.internal.json.JsonWriter;
import org.jmapproxy.core.types.PushSubscription;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is posted to push services, and how (RFC 8620 section 7.2, RFC 8030 section 5). */
final class PushMessage {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_TTL = Duration.ofDays(1);

  /** The content of a response says nothing and is not read. */
  private static final ResponseBounds BOUNDS =
      new ResponseBounds(PATIENCE, PATIENCE, Optional.of(PATIENCE), 0);

  private PushMessage() {}

  /**
   * A post without content.
   *
   * @throws IllegalArgumentException if nothing can be posted to this address
   */
  static OutboundRequest request(URI url) {
    return OutboundRequest.of("POST", url, BOUNDS);
  }

  /** Asks the client to repeat the code (section 7.2.2). */
  static OutboundRequest verification(PushSubscription subscription, Instant now) {
    return post(
        subscription,
        now,
        JsonNodeFactory.instance
            .objectNode()
            .put("@type", "PushVerification")
            .put("pushSubscriptionId", subscription.id().value())
            .put("verificationCode", subscription.verificationCode()));
  }

  /** Tells new states by account and type (section 7.1). */
  static OutboundRequest stateChange(
      PushSubscription subscription, Instant now, Map<Id, Map<String, State>> changed) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("@type", "StateChange");
    ObjectNode accounts = message.putObject("changed");
    changed.forEach(
        (accountId, states) -> {
          ObjectNode types = accounts.putObject(accountId.value());
          states.forEach((type, state) -> types.put(type, state.value()));
        });
    return post(subscription, now, message);
  }

  /**
   * Without a Topic: a push service would let a later message replace one that tells of other
   * types.
   */
  private static OutboundRequest post(
      PushSubscription subscription, Instant now, ObjectNode message) {
    Duration left = Duration.between(now, subscription.expires());
    Duration ttl = left.compareTo(LONGEST_TTL) < 0 ? left : LONGEST_TTL;
    return request(subscription.url())
        .header("Content-Type", "application/json")
        .header("TTL", Long.toString(Math.max(0, ttl.toSeconds())))
        .content(RequestContent.of(JsonWriter.write(message)));
  }
}
