package org.jmapproxy.backend.imap.internal.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.BeyondReplica;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.sync.MessageLooks;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.SearchText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server what the replica cannot answer, folder by folder. Thread-safe. */
public final class ServerSearch implements BeyondReplica {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSearch.class);
  private static final int MOST_TEXTS = 32;
  private static final int LONGEST_TEXT = 2000;

  private final ReplicaReader replica;
  private final SearchCrew crew;
  private final FolderSearch search;
  private final RecentAnswers recent;
  private final MissingHits missing;

  /**
   * Asks nothing yet.
   *
   * @param looks fetches messages
   * @param isFirstSync whether there may be folders in which no message has been looked at
   */
  public ServerSearch(
      ReplicaReader replica,
      Connections connections,
      MessageLooks looks,
      SearchRoom room,
      BooleanSupplier isFirstSync) {
    this.replica = replica;
    this.crew = new SearchCrew(room.network(), room.atOnce(), room.clock());
    this.search = new FolderSearch(connections);
    this.recent = new RecentAnswers(room.clock());
    this.missing =
        new MissingHits(replica, looks, crew, search, new RecentAnswers(room.clock()), isFirstSync);
  }

  @Override
  public void fetchHits(CallContext context, Filter filter, Optional<Id> mailboxId) {
    missing.fetch(filter, folders(mailboxId), context.deadline());
  }

  @Override
  public Map<SearchText, Set<Id>> inBodies(
      CallContext context, Set<SearchText> texts, Optional<Id> mailboxId) {
    refuseTooMuch(texts);
    Map<SearchText, Set<Id>> found = new ConcurrentHashMap<>();
    texts.forEach(text -> found.put(text, ConcurrentHashMap.newKeySet()));
    List<Runnable> tasks = new ArrayList<>();
    for (StoredFolder folder : folders(mailboxId)) {
      if (replica.copies(folder.key()) > 0) {
        prepare(context, folder, texts, found).ifPresent(tasks::add);
      }
    }
    crew.work(tasks, context.deadline());
    return Map.copyOf(found);
  }

  private static void refuseTooMuch(Set<SearchText> texts) {
    if (texts.size() > MOST_TEXTS) {
      throw new MethodException(
          MethodError.unsupportedFilter("more than " + MOST_TEXTS + " texts to look for"));
    }
    for (SearchText text : texts) {
      if (text.terms().stream().mapToInt(String::length).sum() > LONGEST_TEXT) {
        throw new MethodException(
            MethodError.unsupportedFilter("a text longer than " + LONGEST_TEXT + " characters"));
      }
    }
  }

  private List<StoredFolder> folders(Optional<Id> mailboxId) {
    Optional<StoredFolder> only = mailboxId.flatMap(replica::folder);
    if (mailboxId.isPresent() && !only.map(StoredFolder::isLabel).orElse(false)) {
      return only.stream().toList();
    }
    return replica.folders().stream()
        .filter(folder -> only.isEmpty() || folder.holdsLabelled())
        .toList();
  }

  /** Takes what was asked lately; for the rest there is something to do. */
  private Optional<Runnable> prepare(
      CallContext context,
      StoredFolder folder,
      Set<SearchText> texts,
      Map<SearchText, Set<Id>> found) {
    Map<FolderQuestion<SearchText>, SearchCriteria> open = new LinkedHashMap<>();
    Map<FolderQuestion<SearchText>, UidSet> known = new HashMap<>();
    for (SearchText text : texts) {
      Optional<SearchCriteria> criteria = TextCriteria.ofBody(text);
      FolderQuestion<SearchText> question = FolderQuestion.of(folder, replica, text);
      if (criteria.isPresent()) {
        recent
            .find(question)
            .ifPresentOrElse(
                uids -> known.put(question, uids), () -> open.put(question, criteria.get()));
      }
    }
    note(known, found);
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            () -> {
              var answers = search.ask(folder, open, context.deadline());
              answers.forEach(recent::put);
              note(answers, found);
            });
  }

  private void note(
      Map<FolderQuestion<SearchText>, UidSet> answers, Map<SearchText, Set<Id>> found) {
    answers.forEach(
        (question, uids) ->
            found
                .getOrDefault(question.wanted(), new HashSet<>())
                .addAll(emails(question.folder(), uids)));
  }

  private Set<Id> emails(FolderKey folder, UidSet uids) {
    Map<Long, Id> known = replica.emailIds(folder, uids);
    if (known.size() < uids.size()) {
      LOG.debug("{} of {} hits are not in the replica", uids.size() - known.size(), uids.size());
    }
    return new HashSet<>(known.values());
  }
}
