package org.jmapproxy.core.types;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;

/**
 * A client's wish to have state changes posted to it (RFC 8620 section 7.2). Immutable. {@link
 * #toString()} shows neither the address nor the code: who knows them can push, or verify.
 *
 * @param id its id
 * @param principal whose credentials made it: it is shown to nobody else and ends with them
 * @param deviceClientId names the client and its device
 * @param url where to post
 * @param verificationCode what the client must repeat before it is told anything
 * @param verified whether it has
 * @param expires when it ends; in whole seconds
 * @param types the types of interest; absent: all
 */
public record PushSubscription(
    Id id,
    Principal principal,
    String deviceClientId,
    URI url,
    String verificationCode,
    boolean verified,
    Instant expires,
    Optional<Set<String>> types) {

  /** Copies the set. */
  public PushSubscription {
    types = types.map(Set::copyOf);
  }

  /** Whether it has not expired. */
  public boolean isLive(Instant now) {
    return now.isBefore(expires);
  }

  /** Whether a change of this type is of interest. */
  public boolean wants(String type) {
    return types.map(wanted -> wanted.contains(type)).orElse(true);
  }

  @Override
  public String toString() {
    return "PushSubscription[" + id + (verified ? "" : ", not verified") + "]";
  }
}
