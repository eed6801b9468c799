package org.jmapproxy.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a short time which Authorization headers were right. Keys are keyed hashes under a
 * key drawn at the start: no password stays in memory. Thread-safe and bounded.
 */
final class LoginCache {

  private static final int MOST_ENTRIES = 10_000;
  private static final String HMAC = "HmacSHA256";

  private final InstantSource clock;
  private final Duration lifetime;
  private final SecretKeySpec key;
  private final Map<String, Remembered> entries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MOST_ENTRIES;
        }
      };
  private long purges;

  private record Remembered(String accountId, long endsAt) {}

  LoginCache(InstantSource clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  /** The key under which a header is kept. */
  String keyOf(String header) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(header.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 must be available", e);
    }
  }

  synchronized Optional<String> accountOf(String headerKey) {
    Remembered entry = entries.get(headerKey);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.endsAt() <= clock.millis()) {
      entries.remove(headerKey);
      return Optional.empty();
    }
    return Optional.of(entry.accountId());
  }

  /** A mark to hand to {@link #put}: what is looked up before a purge must not be kept after it. */
  synchronized long mark() {
    return purges;
  }

  synchronized void put(String headerKey, String accountId, long mark) {
    if (mark == purges) {
      entries.put(headerKey, new Remembered(accountId, clock.millis() + lifetime.toMillis()));
    }
  }

  synchronized void purge(String accountId) {
    purges++;
    entries.values().removeIf(entry -> entry.accountId().equals(accountId));
  }

  synchronized int size() {
    return entries.size();
  }
}
