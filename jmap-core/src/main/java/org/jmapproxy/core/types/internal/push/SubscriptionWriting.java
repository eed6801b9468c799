package org.jmapproxy.core.types.internal.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.core.types.PushSubscription;

/** PushSubscription/set (RFC 8620 section 7.2.2). Thread-safe. */
final class SubscriptionWriting
    implements WriteRole<PushSubscription, NewPushSubscription, PushSubscriptionUpdate> {

  /** How far in the future a subscription may end: section 7.2 wants it to be no less. */
  static final Duration LONGEST_LIFE = Duration.ofDays(7);

  /** How many subscriptions a principal may have. */
  static final int MOST_OF_ONE = 20;

  private static final int RANDOM_OCTETS = 24;

  private final Push push;
  private final PushSurroundings surroundings;
  private final Subscriptions subscriptions;
  private final VerificationBudget budget;
  private final SecureRandom random = new SecureRandom();

  SubscriptionWriting(
      Push push,
      PushSurroundings surroundings,
      Subscriptions subscriptions,
      VerificationBudget budget) {
    this.push = push;
    this.surroundings = surroundings;
    this.subscriptions = subscriptions;
    this.budget = budget;
  }

  @Override
  public Map<String, CreateOutcome<PushSubscription>> create(
      CallContext context, Map<String, NewPushSubscription> creations, Arguments arguments) {
    Map<String, CreateOutcome<PushSubscription>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, wanted) -> outcomes.put(creationId, create(context.principal(), wanted)));
    return outcomes;
  }

  private CreateOutcome<PushSubscription> create(Principal principal, NewPushSubscription wanted) {
    Instant now = now();
    Optional<SetError> refusal = refusal(principal, wanted, now);
    if (refusal.isPresent()) {
      return new CreateOutcome.NotCreated<>(refusal.get());
    }
    Instant expires = bounded(wanted.expires(), now);
    PushSubscription made =
        new PushSubscription(
            Id.of("P" + random()),
            principal,
            wanted.deviceClientId(),
            wanted.url(),
            random(),
            false,
            expires,
            wanted.types());
    push.add(made);
    return new CreateOutcome.Created<>(made, changed(wanted.expires(), expires));
  }

  private Optional<SetError> refusal(Principal principal, NewPushSubscription wanted, Instant now) {
    Optional<SetError> unusable =
        surroundings
            .targets()
            .problem(wanted.url())
            .map(problem -> SetError.invalidProperty("url", problem))
            .or(() -> expired(wanted.expires(), now));
    if (unusable.isPresent()) {
      return unusable;
    }
    if (subscriptions.of(principal.name()).size() >= MOST_OF_ONE) {
      return Optional.of(
          SetError.overQuota("there can be " + MOST_OF_ONE + " push subscriptions at a time"));
    }
    return budget.take(principal.name())
        ? Optional.empty()
        : Optional.of(SetError.rateLimit("too many push subscriptions were made; try again later"));
  }

  @Override
  public Map<Id, UpdateOutcome<PushSubscription>> update(
      CallContext context, Map<Id, PushSubscriptionUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<PushSubscription>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, update(context.principal(), id, update)));
    return outcomes;
  }

  private UpdateOutcome<PushSubscription> update(
      Principal principal, Id id, PushSubscriptionUpdate update) {
    Instant now = now();
    Optional<PushSubscription> own = own(principal, id);
    if (own.isEmpty()) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    Optional<SetError> refusal =
        wrongCode(own.get(), update).or(() -> expired(update.expires().flatMap(at -> at), now));
    if (refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.get());
    }
    return push.change(id, current -> updated(current, update, now))
        .<UpdateOutcome<PushSubscription>>map(
            after ->
                new UpdateOutcome.Updated<>(
                    Optional.of(after),
                    update.expires().map(at -> changed(at, after.expires())).orElse(Set.of())))
        .orElseGet(() -> new UpdateOutcome.NotUpdated<>(SetError.notFound()));
  }

  private static PushSubscription updated(
      PushSubscription current, PushSubscriptionUpdate update, Instant now) {
    return new PushSubscription(
        current.id(),
        current.principal(),
        current.deviceClientId(),
        current.url(),
        current.verificationCode(),
        current.verified() || update.code().flatMap(code -> code).isPresent(),
        update.expires().map(at -> bounded(at, now)).orElse(current.expires()),
        update.types().orElse(current.types()));
  }

  /** A code once accepted cannot be taken back; {@code null} before that says nothing. */
  private static Optional<SetError> wrongCode(
      PushSubscription current, PushSubscriptionUpdate update) {
    if (update.code().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> code = update.code().get();
    boolean right =
        code.map(given -> same(given, current.verificationCode())).orElse(!current.verified());
    return right
        ? Optional.empty()
        : Optional.of(
            SetError.invalidProperty("verificationCode", "is not the one that was pushed"));
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    for (Id id : ids) {
      Optional<PushSubscription> own = own(context.principal(), id);
      own.ifPresent(push::remove);
      outcomes.put(
          id,
          own.isPresent()
              ? new DestroyOutcome.Destroyed()
              : new DestroyOutcome.NotDestroyed(SetError.notFound()));
    }
    return outcomes;
  }

  private Optional<PushSubscription> own(Principal principal, Id id) {
    return subscriptions.find(id).filter(one -> one.principal().name().equals(principal.name()));
  }

  private static Optional<SetError> expired(Optional<Instant> wanted, Instant now) {
    return wanted
        .filter(at -> !at.isAfter(now))
        .map(at -> SetError.invalidProperty("expires", "must be in the future"));
  }

  /** As wanted, but never later than allowed, and on a whole second as it is shown. */
  private static Instant bounded(Optional<Instant> wanted, Instant now) {
    Instant latest = now.plus(LONGEST_LIFE);
    return wanted
        .filter(at -> at.isBefore(latest))
        .orElse(latest)
        .plusMillis(999)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static Set<String> changed(Optional<Instant> wanted, Instant expires) {
    return wanted.equals(Optional.of(expires)) ? Set.of() : Set.of("expires");
  }

  private static boolean same(String given, String code) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
  }

  /** 192 random bits: nobody guesses them. */
  private String random() {
    byte[] octets = new byte[RANDOM_OCTETS];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private Instant now() {
    return surroundings.clock().instant();
  }
}
