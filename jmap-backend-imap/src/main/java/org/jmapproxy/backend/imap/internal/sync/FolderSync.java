package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.SelectedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the replica of one folder in step with the server: UIDVALIDITY, arrivals, flags, and which
 * messages are gone. Used by one thread at a time.
 */
final class FolderSync {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSync.class);
  private static final Duration LANE_PATIENCE = Duration.ofMinutes(2);
  private static final int FIRST_WINDOW = 200;
  private static final int WINDOW = 500;
  private static final int WINDOWS_PER_STEP = 8;

  private final Replica replica;
  private final FlagLook flags;
  private final MessageReader reader;

  FolderSync(Replica replica, ServerAbilities abilities) {
    this.replica = replica;
    this.flags = new FlagLook(replica, abilities);
    this.reader = new MessageReader(abilities);
  }

  /**
   * Looks at a folder: stores what has arrived and changed, and tells what is gone, which the
   * caller commits when the arrivals of all folders are in.
   */
  FolderDelta look(Link link, StoredFolder folder) {
    Differences.Opened opened = Differences.select(link, folder);
    SelectedMailbox selected = opened.selected();
    FolderPosition position = folder.position();
    if (position.uidValidity() != 0 && position.uidValidity() != selected.uidValidity()) {
      LOG.info("UIDVALIDITY of a folder of {} changed", replica.store().accountId());
      replica.publisher().publish(replica.store().writer().beginReset(folder.key()));
      replica.departures().forget(folder.key());
      position = FolderPosition.unknown();
    }
    return position.uidValidity() == 0
        ? firstLook(link, folder.key(), selected)
        : nextLook(link, folder.key(), position, opened);
  }

  /**
   * Stores what has arrived in a folder and nothing else. The next look sees all that again.
   *
   * @return whether the folder could be read
   */
  boolean lookForArrivals(Link link, StoredFolder folder) {
    SelectedMailbox selected = link.select(folder.path());
    FolderPosition position = folder.position();
    if (position.uidValidity() == selected.uidValidity()) {
      UidSet missing = missing(folder.key(), arrived(link, position, selected));
      readArrivals(link, folder.key(), missing, UidSet.EMPTY);
    } else {
      look(link, folder);
    }
    return true;
  }

  private FolderDelta firstLook(Link link, FolderKey folder, SelectedMailbox selected) {
    UidSet all = selected.exists() == 0 ? UidSet.EMPTY : search(link, SearchCriteria.all());
    long uidNext = selected.uidNext().orElse(all.isEmpty() ? 1 : all.last() + 1);
    List<UidSet> windows = newestFirst(all, FIRST_WINDOW);
    UidSet newest = windows.isEmpty() ? UidSet.EMPTY : windows.get(0);
    FolderPosition reached =
        new FolderPosition(
            selected.uidValidity(),
            newest.isEmpty() ? uidNext : Math.max(uidNext, newest.last() + 1),
            selected.highestModSeq().orElse(0),
            windows.size() <= 1 ? 1 : newest.first(),
            selected.exists());
    FolderDelta nothing = FolderDelta.of(folder);
    reader.read(
        link,
        newest,
        (part, isLast) ->
            store(
                isLast ? nothing.withPosition(reached) : nothing, part.arrivals(replica.clock())));
    endResetIfWhole(folder);
    return FolderDelta.of(folder);
  }

  private FolderDelta nextLook(
      Link link, FolderKey folder, FolderPosition position, Differences.Opened opened) {
    SelectedMailbox selected = opened.selected();
    UidSet arrived = arrived(link, position, selected);
    UidSet missing = missing(folder, arrived);
    UidSet gone = departures(link, folder, position, opened, missing);
    readArrivals(link, folder, missing, gone);
    List<FlagChange> hiding = flags.read(link, folder, position, opened, missing);
    FolderPosition reached =
        new FolderPosition(
            position.uidValidity(),
            Math.max(
                arrived.isEmpty() ? position.uidNext() : arrived.last() + 1,
                selected.uidNext().orElse(position.uidNext())),
            selected.highestModSeq().orElse(0),
            position.fetchedDownTo(),
            selected.exists());
    return FolderDelta.of(folder)
        .withFlagChanges(hiding)
        .withDepartures(gone)
        .withPosition(reached);
  }

  /** The UIDs of messages that were not there at the last look. */
  private static UidSet arrived(Link link, FolderPosition position, SelectedMailbox selected) {
    long from = Math.max(1, position.uidNext());
    if (selected.uidNext().isPresent() && selected.uidNext().getAsLong() <= from) {
      return UidSet.EMPTY;
    }
    UidSet there = search(link, SearchCriteria.all().uids(UidSet.from(from)));
    return there.minus(UidSet.range(1, from - 1));
  }

  private UidSet missing(FolderKey folder, UidSet arrived) {
    return arrived.isEmpty()
        ? arrived
        : arrived.minus(replica.store().reader().uids(folder, arrived.first(), arrived.last()));
  }

  /**
   * Stores new messages.
   *
   * @param gone what is gone from the folder: it may be among the new messages
   */
  private void readArrivals(Link link, FolderKey folder, UidSet missing, UidSet gone) {
    WindowPipeline pipeline = new WindowPipeline(replica.storage());
    try {
      for (UidSet window : newestFirst(missing, WINDOW)) {
        FolderDelta delta = FolderDelta.of(folder).withLeaving(gone);
        reader.read(
            link,
            window,
            (part, isLast) -> pipeline.submit(() -> store(delta, part.arrivals(replica.clock()))));
      }
    } finally {
      pipeline.drain();
    }
  }

  /**
   * Which known messages are gone. What is known is read before the server is asked, so that a
   * message that a client stores meanwhile is not taken for gone.
   *
   * @param missing messages that have arrived and are not stored yet
   */
  private UidSet departures(
      Link link,
      FolderKey folder,
      FolderPosition position,
      Differences.Opened opened,
      UidSet missing) {
    long copies = replica.store().reader().copies(folder);
    UidSet vanished =
        opened.differences().map(told -> knownOf(folder, told.vanished())).orElse(UidSet.EMPTY);
    boolean isTold =
        position.isWhole()
            ? copies + missing.size() - vanished.size() == opened.selected().exists()
            : opened.differences().isPresent();
    if (isTold) {
      return vanished;
    }
    UidSet[] untold = {UidSet.EMPTY};
    UidSet gone =
        inLane(
            folder,
            () -> {
              UidSet known = replica.store().reader().uids(folder);
              if (known.isEmpty() && !position.isWhole()) {
                return UidSet.EMPTY;
              }
              link.imap().noop();
              UidSet span =
                  position.isWhole() ? UidSet.from(1) : UidSet.range(known.first(), known.last());
              UidSet there = search(link, SearchCriteria.all().uids(span));
              untold[0] = position.isWhole() ? there.minus(known).minus(missing) : UidSet.EMPTY;
              return known.minus(there);
            });
    readUntold(link, folder, untold[0]);
    return gone;
  }

  /**
   * Messages that are there and not known: the server did not tell of them when they were asked
   * for, or gave them UIDs that it must not give (below UIDNEXT).
   */
  private void readUntold(Link link, FolderKey folder, UidSet uids) {
    for (UidSet window : newestFirst(uids, WINDOW)) {
      fetch(link, folder, window);
    }
  }

  private UidSet knownOf(FolderKey folder, UidSet uids) {
    return uids.isEmpty()
        ? uids
        : uids.intersect(replica.store().reader().uids(folder, uids.first(), uids.last()));
  }

  /**
   * Reads some more windows of older messages, one at least.
   *
   * @param size how many messages at once; learns from how long they take
   * @param goOn asked after each window
   * @return whether the folder is whole now, or cannot be read further at present
   */
  boolean readOlder(Link link, StoredFolder folder, WindowSize size, BooleanSupplier goOn) {
    FolderPosition position = folder.position();
    SelectedMailbox selected = link.select(folder.path());
    if (selected.uidValidity() != position.uidValidity()) {
      return true;
    }
    UidSet older =
        position.fetchedDownTo() <= 1 || selected.exists() == 0
            ? UidSet.EMPTY
            : search(
                link, SearchCriteria.all().uids(UidSet.range(1, position.fetchedDownTo() - 1)));
    List<UidSet> windows = newestFirst(older, size.get());
    int steps = 0;
    WindowPipeline pipeline = new WindowPipeline(replica.storage());
    try {
      while (steps < Math.min(WINDOWS_PER_STEP, windows.size())
          && (steps == 0 || goOn.getAsBoolean())) {
        long begun = System.nanoTime();
        UidSet window = windows.get(steps++);
        long downTo = steps == windows.size() ? 1 : window.first();
        FolderDelta nothing = FolderDelta.of(folder.key());
        FolderDelta reached = nothing.withPosition(downTo(position, downTo));
        reader.read(
            link,
            window,
            (part, isLast) ->
                pipeline.submit(
                    () -> store(isLast ? reached : nothing, part.arrivals(replica.clock()))));
        size.took(System.nanoTime() - begun);
      }
    } finally {
      pipeline.drain();
    }
    if (windows.isEmpty()) {
      replica.apply(FolderDelta.of(folder.key()).withPosition(downTo(position, 1)));
    }
    endResetIfWhole(folder.key());
    return steps == windows.size();
  }

  /** Stores messages of the selected folder that have not been reached yet. */
  void fetch(Link link, FolderKey folder, UidSet uids) {
    reader.read(
        link,
        uids,
        (part, isLast) -> store(FolderDelta.of(folder), part.arrivals(replica.clock())));
  }

  private static FolderPosition downTo(FolderPosition position, long uid) {
    return new FolderPosition(
        position.uidValidity(),
        position.uidNext(),
        position.highestModSeq(),
        uid,
        position.serverMessages());
  }

  private void endResetIfWhole(FolderKey key) {
    replica
        .store()
        .reader()
        .folder(key)
        .filter(folder -> folder.isResetting() && folder.position().isWhole())
        .ifPresent(folder -> replica.publisher().publish(replica.store().writer().endReset(key)));
  }

  private void store(FolderDelta delta, List<Arrival> arrivals) {
    inLane(
        delta.folder(),
        () -> {
          replica.apply(delta.withArrivals(replica.unknown(delta.folder(), arrivals)));
          return arrivals.size();
        });
  }

  private <T> T inLane(FolderKey folder, Supplier<T> work) {
    Instant deadline = replica.clock().instant().plus(LANE_PATIENCE);
    return replica.lanes().in(List.of(folder.value()), deadline, work);
  }

  private static UidSet search(Link link, SearchCriteria criteria) {
    return link.imap().messages().search(criteria);
  }

  /** The set in windows, the largest UIDs first. */
  private static List<UidSet> newestFirst(UidSet uids, int most) {
    List<UidSet> windows = new ArrayList<>();
    UidSet rest = uids;
    long over = uids.size() % most;
    if (over > 0 && uids.size() > most) {
      UidSet oldest = rest.chunks((int) over, Integer.MAX_VALUE).get(0);
      rest = rest.minus(oldest);
      windows.addAll(rest.chunks(most));
      windows.add(0, oldest);
    } else {
      windows.addAll(rest.chunks(most));
    }
    Collections.reverse(windows);
    return windows;
  }
}
