package org.jmapproxy.contacts.addressbook;

import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/** What RFC 9610 section 2.3 demands of changes to AddressBooks, for write roles to ask. */
public final class AddressBookRules {

  private static final AddressBookRights NONE = new AddressBookRights(false, false, false, false);

  private AddressBookRules() {}

  /** Why an AddressBook must not be updated; empty when it may. */
  public static Optional<SetError> refuseUpdate(AddressBook before, AddressBookUpdate update) {
    Optional<Map<Id, AddressBookRights>> wanted = update.shareWith().orElse(before.shareWith());
    if (wanted.equals(before.shareWith())) {
      return Optional.empty();
    }
    if (!before.myRights().mayShare()) {
      return Optional.of(SetError.forbidden("you may not share this AddressBook"));
    }
    Map<Id, AddressBookRights> had = before.shareWith().orElse(Map.of());
    boolean tooMuch =
        wanted.orElse(Map.of()).entrySet().stream()
            .anyMatch(
                entry ->
                    !before
                        .myRights()
                        .and(had.getOrDefault(entry.getKey(), NONE))
                        .includes(entry.getValue()));
    return tooMuch
        ? Optional.of(SetError.forbidden("you may not give a right that you do not have"))
        : Optional.empty();
  }

  /**
   * Why an AddressBook must not be destroyed; empty when it may.
   *
   * @param hasContents whether there are ContactCards in it
   * @param removeContents the argument {@code onDestroyRemoveContents}
   */
  public static Optional<SetError> refuseDestruction(
      AddressBook book, boolean hasContents, boolean removeContents) {
    if (!book.myRights().mayDelete()) {
      return Optional.of(SetError.forbidden("you may not destroy this AddressBook"));
    }
    if (hasContents && !removeContents) {
      return Optional.of(SetError.of("addressBookHasContents"));
    }
    return hasContents && !book.myRights().mayWrite()
        ? Optional.of(SetError.forbidden("you may not remove ContactCards from this AddressBook"))
        : Optional.empty();
  }
}
