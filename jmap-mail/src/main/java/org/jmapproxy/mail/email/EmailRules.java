package org.jmapproxy.mail.email;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.capability.MailLimits;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxRights;

/**
 * What RFC 8621 demands of an Email and its Mailboxes, for write roles to ask before they write:
 * the Mailboxes exist, there is at least one, rights and limits are kept. Immutable.
 *
 * @param mailboxes the Mailboxes of the account by id
 * @param limits the account's limits
 */
public record EmailRules(Map<Id, Mailbox> mailboxes, MailLimits limits) {

  /** How many keywords an Email may have. */
  public static final int MAX_KEYWORDS = 128;

  /** Why a message must not be stored; empty when it may. */
  public Optional<SetError> refuseCreation(NewEmail email) {
    return refuseSets(email.mailboxIds(), email.keywords())
        .or(() -> refuseMoves(Set.of(), email.mailboxIds()))
        .or(() -> refuseKeywords(email.mailboxIds(), Set.of(), email.keywords()));
  }

  /** Why an Email must not be updated; empty when it may. */
  public Optional<SetError> refuseUpdate(Email before, EmailUpdate update) {
    Set<Id> mailboxIds = update.mailboxIds().applyTo(before.mailboxIds());
    Set<String> keywords = update.keywords().applyTo(before.keywords());
    return refuseSets(mailboxIds, keywords)
        .or(() -> refuseMoves(before.mailboxIds(), mailboxIds))
        .or(() -> refuseKeywords(before.mailboxIds(), before.keywords(), keywords));
  }

  /** Why an Email must not be destroyed; empty when it may. */
  public Optional<SetError> refuseDestruction(Email email) {
    return refuseMoves(email.mailboxIds(), Set.of());
  }

  private Optional<SetError> refuseSets(Set<Id> mailboxIds, Set<String> keywords) {
    if (mailboxIds.isEmpty()) {
      return Optional.of(SetError.invalidProperty("mailboxIds", "must name at least one Mailbox"));
    }
    if (!mailboxes.keySet().containsAll(mailboxIds)) {
      return Optional.of(SetError.invalidProperty("mailboxIds", "there is no such Mailbox"));
    }
    if (limits.maxMailboxesPerEmail().isPresent()
        && mailboxIds.size() > limits.maxMailboxesPerEmail().getAsInt()) {
      return Optional.of(SetError.of("tooManyMailboxes"));
    }
    return keywords.size() > MAX_KEYWORDS
        ? Optional.of(SetError.of("tooManyKeywords"))
        : Optional.empty();
  }

  private Optional<SetError> refuseMoves(Set<Id> before, Set<Id> after) {
    boolean mayAdd = difference(after, before).stream().allMatch(id -> rights(id).mayAddItems());
    boolean mayRemove =
        difference(before, after).stream().allMatch(id -> rights(id).mayRemoveItems());
    if (mayAdd && mayRemove) {
      return Optional.empty();
    }
    return Optional.of(
        SetError.forbidden(
            mayAdd
                ? "you may not take Emails out of this Mailbox"
                : "you may not put Emails into this Mailbox"));
  }

  private Optional<SetError> refuseKeywords(
      Set<Id> mailboxIds, Set<String> before, Set<String> after) {
    Set<String> changed = new HashSet<>(difference(before, after));
    changed.addAll(difference(after, before));
    boolean seen = changed.remove("$seen");
    boolean allowed =
        mailboxIds.stream()
            .map(this::rights)
            .allMatch(
                rights ->
                    (!seen || rights.maySetSeen())
                        && (changed.isEmpty() || rights.maySetKeywords()));
    return allowed
        ? Optional.empty()
        : Optional.of(SetError.forbidden("you may not change these keywords here"));
  }

  private MailboxRights rights(Id mailboxId) {
    Mailbox mailbox = mailboxes.get(mailboxId);
    return mailbox == null ? MailboxRights.all() : mailbox.myRights();
  }

  private static <E> Set<E> difference(Set<E> some, Set<E> others) {
    Set<E> difference = new HashSet<>(some);
    difference.removeAll(others);
    return difference;
  }
}
