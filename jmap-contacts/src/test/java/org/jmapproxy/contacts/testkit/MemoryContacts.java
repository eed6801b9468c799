package org.jmapproxy.contacts.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jmapproxy.contacts.addressbook.AddressBook;
import org.jmapproxy.contacts.addressbook.AddressBookRights;
import org.jmapproxy.contacts.addressbook.AddressBookType;
import org.jmapproxy.contacts.addressbook.DefaultAddressBookRole;
import org.jmapproxy.contacts.card.ContactCard;
import org.jmapproxy.contacts.card.ContactCardRules;
import org.jmapproxy.contacts.card.ContactCardType;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;

/** An account in memory with all roles of contacts and, at first, one AddressBook. Thread-safe. */
public final class MemoryContacts {

  private final Id accountId;
  private final Map<Id, AddressBook> books = new LinkedHashMap<>();
  private final Map<Id, ContactCard> cards = new LinkedHashMap<>();
  private final Map<Id, Upload> uploads = new HashMap<>();
  private final ChangeLog bookLog = new ChangeLog();
  private final ChangeLog cardLog = new ChangeLog();
  private final ChangeBus bus = new ChangeBus();
  private int lastNumber;

  /** An account with an empty default AddressBook. */
  public MemoryContacts(String accountId) {
    this.accountId = Id.of(accountId);
    Id id = newId("A");
    books.put(
        id,
        new AddressBook(
            id,
            "Personal",
            Optional.empty(),
            0,
            true,
            true,
            Optional.empty(),
            AddressBookRights.all()));
  }

  /** The account for a server. */
  public Account account() {
    return Account.of(accountId, accountId.value() + "@example.com", roles());
  }

  /** All roles of contacts, blobs and change signals. */
  public Roles roles() {
    MemoryAddressBooks bookRoles = new MemoryAddressBooks(this);
    MemoryContactCards cardRoles = new MemoryContactCards(this);
    return Roles.builder()
        .with(AddressBookType.TYPE.readRole(), bookRoles)
        .with(AddressBookType.TYPE.changesRole(), bookLog)
        .with(AddressBookType.TYPE.writeRole(), bookRoles)
        .with(DefaultAddressBookRole.ROLE, (context, id) -> makeDefault(id))
        .with(ContactCardType.TYPE.readRole(), cardRoles)
        .with(ContactCardType.TYPE.changesRole(), cardLog)
        .with(ContactCardType.TYPE.writeRole(), cardRoles)
        .with(BlobRole.ROLE, new Blobs())
        .with(ChangeSignals.ROLE, bus.signals(accountId))
        .build();
  }

  /** Makes changes as one step: states are published once, at the end. */
  <R> R change(Supplier<R> step) {
    Map<String, State> moved = new TreeMap<>();
    R result;
    synchronized (this) {
      Map<String, State> before = states();
      result = step.get();
      states()
          .forEach(
              (type, state) -> {
                if (!state.equals(before.get(type))) {
                  moved.put(type, state);
                }
              });
    }
    if (!moved.isEmpty()) {
      bus.publish(new StateChange(accountId, moved));
    }
    return result;
  }

  private Map<String, State> states() {
    return Map.of("AddressBook", bookLog.state(), "ContactCard", cardLog.state());
  }

  synchronized Id newId(String prefix) {
    return Id.of(prefix + ++lastNumber);
  }

  synchronized Map<Id, AddressBook> books() {
    return new LinkedHashMap<>(books);
  }

  synchronized Map<Id, ContactCard> cards() {
    return new LinkedHashMap<>(cards);
  }

  synchronized void put(AddressBook book) {
    boolean isNew = books.put(book.id(), book) == null;
    if (isNew) {
      bookLog.created(book.id());
    } else {
      bookLog.updated(book.id());
    }
  }

  synchronized void removeBook(Id id) {
    books.remove(id);
    bookLog.destroyed(id);
  }

  synchronized void put(ContactCard card) {
    boolean isNew = cards.put(card.id(), card) == null;
    if (isNew) {
      cardLog.created(card.id());
    } else {
      cardLog.updated(card.id());
    }
  }

  synchronized void removeCard(Id id) {
    cards.remove(id);
    cardLog.destroyed(id);
  }

  synchronized ContactCardRules rules() {
    return new ContactCardRules(books);
  }

  synchronized Optional<Id> withUid(Optional<String> uid, Optional<Id> except) {
    return cards.values().stream()
        .filter(card -> uid.isPresent() && card.uid().equals(uid))
        .map(ContactCard::id)
        .filter(id -> !Optional.of(id).equals(except))
        .findFirst();
  }

  private List<AddressBook> makeDefault(Id id) {
    return change(
        () -> {
          if (!books.containsKey(id)) {
            return List.<AddressBook>of();
          }
          List<AddressBook> changed =
              books().values().stream()
                  .filter(book -> book.isDefault() != book.id().equals(id))
                  .map(MemoryContacts::toggled)
                  .toList();
          changed.forEach(this::put);
          return changed;
        });
  }

  private static AddressBook toggled(AddressBook book) {
    return new AddressBook(
        book.id(),
        book.name(),
        book.description(),
        book.sortOrder(),
        !book.isDefault(),
        book.isSubscribed(),
        book.shareWith(),
        book.myRights());
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares blobs
  private record Upload(String type, byte[] octets) implements Blob {

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      return new ByteArrayInputStream(octets, (int) offset, (int) length);
    }
  }

  private final class Blobs implements BlobRole {

    @Override
    public UploadedBlob upload(CallContext context, String type, InputStream data) {
      try {
        byte[] octets = data.readAllBytes();
        Id id = newId(accountId.value() + "-U");
        synchronized (uploads) {
          uploads.put(id, new Upload(type, octets));
        }
        return new UploadedBlob(id, type, octets.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<Blob> find(CallContext context, Id blobId) {
      synchronized (uploads) {
        return Optional.ofNullable(uploads.get(blobId));
      }
    }
  }

  /** Some of the objects by id, or all. */
  static <T> List<T> some(Map<Id, T> all, Optional<List<Id>> ids) {
    return ids.isEmpty()
        ? List.copyOf(all.values())
        : ids.get().stream().filter(all::containsKey).map(all::get).toList();
  }

  /** The ids of cards in a book. */
  List<ContactCard> cardsIn(Id bookId) {
    return cards().values().stream()
        .filter(card -> card.addressBookIds().contains(bookId))
        .toList();
  }

  /** Takes a card out of a book; it goes with its last one. */
  void takeOut(ContactCard card, Id bookId) {
    Set<Id> others = new java.util.HashSet<>(card.addressBookIds());
    others.remove(bookId);
    if (others.isEmpty()) {
      removeCard(card.id());
    } else {
      put(new ContactCard(card.id(), others, card.card()));
    }
  }
}
