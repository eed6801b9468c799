package org.jmapproxy.examples.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;

/** One account of bookmarks: reading, writing, changes and signals. Queries are the engine's. */
final class BookmarkBackend
    implements ReadRole<Bookmark>, WriteRole<Bookmark, NewBookmark, BookmarkUpdate> {

  private final Id accountId;
  private final BookmarkDirectory bookmarks;
  private final ChangeLog log = new ChangeLog();
  private final ChangeBus bus = new ChangeBus();

  BookmarkBackend(Id accountId, Path directory) {
    this.accountId = accountId;
    bookmarks = new BookmarkDirectory(directory);
  }

  Account account() {
    return Account.of(
        accountId,
        "Bookmarks",
        Roles.builder()
            .with(BookmarkModule.TYPE.readRole(), this)
            .with(BookmarkModule.TYPE.writeRole(), this)
            .with(BookmarkModule.TYPE.changesRole(), log)
            .with(ChangeSignals.ROLE, bus.signals(accountId))
            .build());
  }

  @Override
  public List<Bookmark> read(CallContext context, ReadRequest request) {
    if (request.ids().isEmpty()) {
      return bookmarks.all();
    }
    List<Bookmark> found = new ArrayList<>();
    request.ids().get().forEach(id -> bookmarks.find(id).ifPresent(found::add));
    return found;
  }

  @Override
  public synchronized Map<String, CreateOutcome<Bookmark>> create(
      CallContext context, Map<String, NewBookmark> creations, Arguments arguments) {
    Map<String, CreateOutcome<Bookmark>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) -> {
          Id id = Id.of(UUID.randomUUID().toString());
          Bookmark bookmark = new Bookmark(id, creation.title(), creation.url());
          bookmarks.write(bookmark);
          announce(log.created(id));
          outcomes.put(creationId, new CreateOutcome.Created<>(bookmark));
        });
    return outcomes;
  }

  @Override
  public synchronized Map<Id, UpdateOutcome<Bookmark>> update(
      CallContext context, Map<Id, BookmarkUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<Bookmark>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, updateOne(id, update)));
    return outcomes;
  }

  private UpdateOutcome<Bookmark> updateOne(Id id, BookmarkUpdate update) {
    Optional<Bookmark> before = bookmarks.find(id);
    if (before.isEmpty()) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    bookmarks.write(update.applyTo(before.get()));
    announce(log.updated(id));
    return UpdateOutcome.updated();
  }

  @Override
  public synchronized Map<Id, DestroyOutcome> destroy(
      CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, destroyOne(id)));
    return outcomes;
  }

  private DestroyOutcome destroyOne(Id id) {
    if (!bookmarks.delete(id)) {
      return new DestroyOutcome.NotDestroyed(SetError.notFound());
    }
    announce(log.destroyed(id));
    return new DestroyOutcome.Destroyed();
  }

  private void announce(State state) {
    bus.publish(new StateChange(accountId, Map.of(BookmarkModule.TYPE.name(), state)));
  }
}
