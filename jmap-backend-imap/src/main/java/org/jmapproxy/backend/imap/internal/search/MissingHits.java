package org.jmapproxy.backend.imap.internal.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.mail.FolderGoneException;
import org.jmapproxy.backend.imap.internal.sync.MessageLooks;
import org.jmapproxy.core.query.Filter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the hits of a search that the first synchronisation has not reached yet: their metadata,
 * so that the search then finds them as if they had been read in turn. Thread-safe.
 */
final class MissingHits {
  private static final Logger LOG = LoggerFactory.getLogger(MissingHits.class);

  /** How many messages one search fetches before its turn; the next one may go on. */
  private static final int MOST = 1000;

  private static final int WINDOW = 200;

  private final ReplicaReader replica;
  private final MessageLooks looks;
  private final SearchCrew crew;
  private final FolderSearch search;
  private final RecentAnswers recent;
  private final BooleanSupplier isFirstSync;

  MissingHits(
      ReplicaReader replica,
      MessageLooks looks,
      SearchCrew crew,
      FolderSearch search,
      RecentAnswers recent,
      BooleanSupplier isFirstSync) {
    this.replica = replica;
    this.looks = looks;
    this.crew = crew;
    this.search = search;
    this.recent = recent;
    this.isFirstSync = isFirstSync;
  }

  /** Fetches what the filter finds in those of the folders that are not whole. */
  void fetch(Filter filter, List<StoredFolder> folders, Instant deadline) {
    boolean first = isFirstSync.getAsBoolean();
    List<StoredFolder> incomplete =
        folders.stream()
            .filter(StoredFolder::holdsMessages)
            .filter(folder -> first || hasBegun(folder))
            .filter(folder -> !folder.position().isWhole())
            .sorted(Comparator.comparing(folder -> folder.path().equals("INBOX") ? 0 : 1))
            .toList();
    if (incomplete.isEmpty()) {
      return;
    }
    Optional<SearchCriteria> criteria = TextCriteria.of(filter);
    if (criteria.isPresent()) {
      AtomicInteger allowance = new AtomicInteger(MOST);
      List<Runnable> tasks = new ArrayList<>();
      incomplete.forEach(
          folder -> tasks.add(() -> fetch(folder, filter, criteria.get(), allowance, deadline)));
      crew.work(tasks, deadline);
    }
  }

  private static boolean hasBegun(StoredFolder folder) {
    return folder.position().uidValidity() != 0;
  }

  private void fetch(
      StoredFolder folder,
      Filter filter,
      SearchCriteria criteria,
      AtomicInteger allowance,
      Instant deadline) {
    try {
      if (!hasBegun(folder)) {
        looks.begin(folder, deadline);
      }
      Optional<StoredFolder> now = replica.folder(folder.key()).filter(MissingHits::hasBegun);
      if (now.isPresent() && !now.get().position().isWhole()) {
        fetch(now.get(), missing(now.get(), filter, criteria, deadline), allowance, deadline);
      }
    } catch (FolderGoneException e) {
      LOG.debug("A folder vanished during a search", e);
    } catch (ImapRefusedException | ImapBadCommandException e) {
      LOG.info("A folder cannot be searched now: {}", e.getMessage());
    } catch (ImapException e) {
      throw ImapFailures.toBackend(e);
    }
  }

  private UidSet missing(
      StoredFolder folder, Filter filter, SearchCriteria criteria, Instant deadline) {
    FolderQuestion<Filter> question = FolderQuestion.of(folder, replica, filter);
    Optional<UidSet> known = recent.find(question);
    UidSet hits =
        known.isPresent()
            ? known.get()
            : search
                .ask(folder, Map.of(question, criteria), deadline)
                .getOrDefault(question, UidSet.EMPTY);
    recent.put(question, hits);
    return hits.minus(replica.uids(folder.key()));
  }

  /** The newest first. */
  private void fetch(
      StoredFolder folder, UidSet missing, AtomicInteger allowance, Instant deadline) {
    UidSet left = missing;
    while (!left.isEmpty()) {
      int most = (int) Math.min(left.size(), WINDOW);
      int allowed = Math.min(most, allowance.getAndAdd(-most));
      if (allowed <= 0) {
        LOG.info("A search finds {} messages more than are fetched before their turn", left.size());
        return;
      }
      UidSet newest = newest(left, allowed);
      looks.fetch(folder, newest, deadline);
      left = left.minus(newest);
    }
  }

  private static UidSet newest(UidSet uids, int count) {
    return UidSet.of(uids.stream().skip(uids.size() - count));
  }
}
