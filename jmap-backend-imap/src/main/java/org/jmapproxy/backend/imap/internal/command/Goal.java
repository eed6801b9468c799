package org.jmapproxy.backend.imap.internal.command;

import java.util.HashSet;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailUpdate;

/**
 * What an update wants of one Email, as the differences from what the replica knows.
 *
 * @param keywordsAfter all keywords that the Email shall have
 */
record Goal(
    Id emailId,
    Set<String> keywordsAdded,
    Set<String> keywordsRemoved,
    Set<String> keywordsAfter,
    Set<Id> mailboxesAdded,
    Set<Id> mailboxesRemoved) {

  static Goal of(Email before, EmailUpdate update) {
    Set<String> keywords = update.keywords().applyTo(before.keywords());
    Set<Id> mailboxIds = update.mailboxIds().applyTo(before.mailboxIds());
    return new Goal(
        before.id(),
        minus(keywords, before.keywords()),
        minus(before.keywords(), keywords),
        keywords,
        minus(mailboxIds, before.mailboxIds()),
        minus(before.mailboxIds(), mailboxIds));
  }

  /** The same without a Mailbox to be added. */
  Goal withoutMailbox(Id mailboxId) {
    return new Goal(
        emailId,
        keywordsAdded,
        keywordsRemoved,
        keywordsAfter,
        minus(mailboxesAdded, Set.of(mailboxId)),
        mailboxesRemoved);
  }

  boolean changesKeywords() {
    return !keywordsAdded.isEmpty() || !keywordsRemoved.isEmpty();
  }

  boolean isNothing() {
    return !changesKeywords() && mailboxesAdded.isEmpty() && mailboxesRemoved.isEmpty();
  }

  /** Whether an Email is as wanted; other clients may have changed other things. */
  boolean isReachedBy(Email now) {
    return now.keywords().containsAll(keywordsAdded)
        && keywordsRemoved.stream().noneMatch(now.keywords()::contains)
        && now.mailboxIds().containsAll(mailboxesAdded)
        && mailboxesRemoved.stream().noneMatch(now.mailboxIds()::contains);
  }

  /** Whether nothing of what was wanted has happened to an Email. */
  boolean isUntouchedIn(Email now) {
    return keywordsAdded.stream().noneMatch(now.keywords()::contains)
        && now.keywords().containsAll(keywordsRemoved)
        && mailboxesAdded.stream().noneMatch(now.mailboxIds()::contains)
        && now.mailboxIds().containsAll(mailboxesRemoved);
  }

  private static <E> Set<E> minus(Set<E> some, Set<E> others) {
    Set<E> rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
