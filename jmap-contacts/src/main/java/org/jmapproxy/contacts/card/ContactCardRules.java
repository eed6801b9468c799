package org.jmapproxy.contacts.card;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jmapproxy.contacts.addressbook.AddressBook;
import org.jmapproxy.contacts.jscontact.CardProblem;
import org.jmapproxy.contacts.jscontact.CardValidator;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import tools.jackson.databind.node.ObjectNode;

/**
 * What RFC 9610 demands of changes to the ContactCards of an account as a whole, for write roles to
 * ask before they write.
 *
 * @param books the AddressBooks of the account by id
 */
public record ContactCardRules(Map<Id, AddressBook> books) {

  /** Copies the map. */
  public ContactCardRules {
    books = Map.copyOf(books);
  }

  /**
   * Why a ContactCard must not be created; empty when it may.
   *
   * @param sameUid the ContactCard of the account that has the same uid
   */
  public Optional<SetError> refuseCreation(NewContactCard creation, Optional<Id> sameUid) {
    return refuseBooks(creation.addressBookIds(), creation.addressBookIds())
        .or(() -> sameUid.map(id -> SetError.alreadyExists(id.value())));
  }

  /**
   * Why a ContactCard must not be as it would be after an update; empty when it may.
   *
   * @param sameUid another ContactCard of the account that has the same uid as the one after it
   */
  public Optional<SetError> refuseUpdate(
      ContactCard before, ContactCard after, Optional<Id> sameUid) {
    Set<Id> concerned = new HashSet<>(before.addressBookIds());
    concerned.addAll(after.addressBookIds());
    return refuseBooks(after.addressBookIds(), concerned)
        .or(() -> refuseContent(after.card()))
        .or(
            () ->
                sameUid.map(
                    id -> SetError.invalidProperty("uid", "another ContactCard has it: " + id)));
  }

  /** Why a ContactCard must not be destroyed; empty when it may. */
  public Optional<SetError> refuseDestruction(ContactCard card) {
    return refuseBooks(Set.of(), card.addressBookIds());
  }

  /** Why a Card is not valid; the properties are JSON pointers. */
  static Optional<SetError> refuseContent(ObjectNode card) {
    List<CardProblem> problems = CardValidator.problems(card);
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    List<String> sentences =
        problems.stream()
            .limit(10)
            .map(problem -> problem.pointer() + ": " + problem.problem())
            .toList();
    return Optional.of(
        SetError.invalidProperties(
            String.join("; ", sentences),
            problems.stream().map(CardProblem::pointer).distinct().toList()));
  }

  private Optional<SetError> refuseBooks(Set<Id> wanted, Set<Id> concerned) {
    for (Id id : wanted) {
      if (!books.containsKey(id)) {
        return Optional.of(
            SetError.invalidProperty("addressBookIds", "there is no AddressBook " + id));
      }
    }
    boolean allowed =
        concerned.stream()
            .allMatch(id -> !books.containsKey(id) || books.get(id).myRights().mayWrite());
    return allowed
        ? Optional.empty()
        : Optional.of(SetError.forbidden("you may not write to this AddressBook"));
  }

  /**
   * Adds to a new Card what the client has left out: {@code uid}, {@code created} and {@code
   * updated}.
   *
   * @return the names of what was added
   */
  public static Set<String> complete(ObjectNode card, Instant now) {
    Set<String> added = new HashSet<>();
    if (!card.has("uid")) {
      card.put("uid", "urn:uuid:" + UUID.randomUUID());
      added.add("uid");
    }
    for (String time : List.of("created", "updated")) {
      if (!card.has(time)) {
        card.put(time, Dates.utc(now));
        added.add(time);
      }
    }
    return added;
  }

  /** Sets the time of the last change of a Card, unless the client did. */
  public static Set<String> touch(ObjectNode card, ContactCardUpdate update, Instant now) {
    if (update.members().containsKey("updated") || update.members().isEmpty()) {
      return Set.of();
    }
    card.put("updated", Dates.utc(now));
    return Set.of("updated");
  }
}
