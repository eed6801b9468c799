package org.jmapproxy.mail.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.capability.MailLimits;

/**
 * The updates of one Mailbox/set, for write roles. RFC 8620 section 5.3: what is valid when all are
 * done is allowed, though two Mailboxes exchange names, roles or places; otherwise the updates are
 * done one after the other, each as it finds the account. So those of a valid whole wait for each
 * other, and a Mailbox whose name or role another waits for, while it waits itself, lays that down
 * meanwhile. For one use by one thread.
 */
public final class MailboxUpdates {

  private final MailLimits limits;
  private final Supplier<MailboxTree> tree;
  private final Function<MailboxUpdate, UpdateOutcome<Mailbox>> write;
  private final Supplier<String> unusedName;
  private final Map<Id, UpdateOutcome<Mailbox>> outcomes = new LinkedHashMap<>();
  private final Map<Id, Mailbox> steppedAside = new HashMap<>();

  /**
   * Prepares updates.
   *
   * @param limits the account's limits
   * @param tree gives the Mailboxes as they are at that moment
   * @param write checks and carries out one update
   * @param unusedName gives a name that no Mailbox has, for those that step aside
   */
  public MailboxUpdates(
      MailLimits limits,
      Supplier<MailboxTree> tree,
      Function<MailboxUpdate, UpdateOutcome<Mailbox>> write,
      Supplier<String> unusedName) {
    this.limits = limits;
    this.tree = tree;
    this.write = write;
    this.unusedName = unusedName;
  }

  /** Carries them out; tells what became of each. */
  public Map<Id, UpdateOutcome<Mailbox>> run(Map<Id, MailboxUpdate> updates) {
    Map<Id, MailboxUpdate> waiting = new LinkedHashMap<>(updates);
    if (updates.size() > 1 && isValidWhole(updates)) {
      inTurn(waiting);
    }
    waiting.values().forEach(this::carryOut);
    return outcomes;
  }

  private boolean isValidWhole(Map<Id, MailboxUpdate> updates) {
    MailboxTree before = tree.get();
    MailboxTree whole = before;
    for (MailboxUpdate update : updates.values()) {
      Optional<Mailbox> mailbox = before.find(update.id());
      if (mailbox.isEmpty()) {
        return false;
      }
      whole = whole.with(update.applyTo(mailbox.get()));
    }
    for (MailboxUpdate update : updates.values()) {
      MailboxTree others = whole.with(before.find(update.id()).orElseThrow());
      if (new MailboxRules(others, limits).refuseUpdate(update).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private void inTurn(Map<Id, MailboxUpdate> waiting) {
    boolean moves = true;
    while (moves) {
      moves = false;
      for (MailboxUpdate update : List.copyOf(waiting.values())) {
        if (refusal(update).isEmpty()) {
          waiting.remove(update.id());
          carryOut(update);
          moves = true;
        }
      }
      moves = moves || (!waiting.isEmpty() && oneStepsAside(waiting));
    }
  }

  private Optional<SetError> refusal(MailboxUpdate update) {
    return new MailboxRules(tree.get(), limits).refuseUpdate(update);
  }

  private void carryOut(MailboxUpdate update) {
    UpdateOutcome<Mailbox> outcome = write.apply(update);
    outcomes.put(update.id(), outcome);
    Mailbox before = steppedAside.get(update.id());
    if (before != null && outcome instanceof UpdateOutcome.NotUpdated<Mailbox> failure) {
      outcomes.put(update.id(), steppedBack(before, failure));
    }
  }

  private boolean oneStepsAside(Map<Id, MailboxUpdate> waiting) {
    MailboxTree now = tree.get();
    for (MailboxUpdate update : waiting.values()) {
      for (Id blocker : blockers(now, update)) {
        Mailbox before = now.find(blocker).orElseThrow();
        if (waiting.containsKey(blocker) && steppedAside.putIfAbsent(blocker, before) == null) {
          MailboxUpdate aside = aside(waiting.get(blocker));
          return write.apply(aside) instanceof UpdateOutcome.Updated<Mailbox>;
        }
      }
    }
    return false;
  }

  /** Who has the name or the role that an update wants. */
  private static List<Id> blockers(MailboxTree now, MailboxUpdate update) {
    Mailbox after = update.applyTo(now.find(update.id()).orElseThrow());
    List<Id> blockers = new ArrayList<>();
    for (Mailbox other : now.mailboxes()) {
      boolean sameName =
          other.name().equals(after.name()) && other.parentId().equals(after.parentId());
      boolean sameRole = after.role().isPresent() && other.role().equals(after.role());
      if (!other.id().equals(update.id()) && (sameName || sameRole)) {
        blockers.add(other.id());
      }
    }
    return blockers;
  }

  private MailboxUpdate aside(MailboxUpdate update) {
    return new MailboxUpdate(
        update.id(),
        update.moves() ? Optional.of(unusedName.get()) : Optional.empty(),
        Optional.empty(),
        update.role().isPresent() ? Optional.of(Optional.empty()) : Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private UpdateOutcome<Mailbox> steppedBack(
      Mailbox before, UpdateOutcome.NotUpdated<Mailbox> failure) {
    UpdateOutcome<Mailbox> back =
        write.apply(
            new MailboxUpdate(
                before.id(),
                Optional.of(before.name()),
                Optional.empty(),
                Optional.of(before.role()),
                OptionalLong.empty(),
                Optional.empty()));
    return back instanceof UpdateOutcome.Updated<Mailbox>
        ? failure
        : new UpdateOutcome.NotUpdated<>(
            SetError.of(
                "serverPartialFail", "It has another name or role now; read the object again"));
  }
}
