package org.jmapproxy.backend.imap.internal.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.BodySearch;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.SearchText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds text in bodies by asking the server, folder by folder. Thread-safe. */
public final class ServerSearch implements BodySearch {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSearch.class);
  private static final int MOST_TEXTS = 32;
  private static final int LONGEST_TEXT = 2000;

  private final ReplicaReader replica;
  private final Executor network;
  private final int atOnce;
  private final Clock clock;
  private final FolderSearch search;
  private final RecentAnswers recent;

  /**
   * Asks nothing yet.
   *
   * @param network runs what waits for the server
   * @param atOnce how many folders of one search are asked at the same time
   */
  public ServerSearch(
      ReplicaReader replica, Connections connections, Executor network, int atOnce, Clock clock) {
    this.replica = replica;
    this.network = network;
    this.atOnce = atOnce;
    this.clock = clock;
    this.search = new FolderSearch(connections);
    this.recent = new RecentAnswers(clock);
  }

  @Override
  public Map<SearchText, Set<Id>> find(
      CallContext context, Set<SearchText> texts, Optional<Id> mailboxId) {
    refuseTooMuch(texts);
    Map<StoredFolder, List<FolderQuestion>> questions = new LinkedHashMap<>();
    for (StoredFolder folder : folders(mailboxId)) {
      questions.put(
          folder, texts.stream().map(text -> FolderQuestion.of(folder, replica, text)).toList());
    }
    Map<FolderQuestion, UidSet> answers = answers(questions, context.deadline());
    Map<SearchText, Set<Id>> found = new HashMap<>();
    texts.forEach(text -> found.put(text, new HashSet<>()));
    answers.forEach(
        (question, uids) ->
            found
                .computeIfAbsent(question.text(), text -> new HashSet<>())
                .addAll(emails(question.folder(), uids)));
    return found;
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

  /** Those in which something could be found. */
  private List<StoredFolder> folders(Optional<Id> mailboxId) {
    List<StoredFolder> folders =
        mailboxId.isPresent()
            ? replica.folder(mailboxId.get()).stream().toList()
            : replica.folders();
    return folders.stream().filter(folder -> folder.copies() > 0).toList();
  }

  private Map<FolderQuestion, UidSet> answers(
      Map<StoredFolder, List<FolderQuestion>> questions, Instant deadline) {
    Map<FolderQuestion, UidSet> answers = new ConcurrentHashMap<>();
    Queue<FolderTask> tasks = new ConcurrentLinkedQueue<>();
    questions.forEach(
        (folder, all) -> {
          List<FolderQuestion> open = new ArrayList<>();
          for (FolderQuestion question : all) {
            recent
                .find(question)
                .ifPresentOrElse(uids -> answers.put(question, uids), () -> open.add(question));
          }
          if (!open.isEmpty()) {
            tasks.add(new FolderTask(folder, open));
          }
        });
    work(tasks, answers, deadline);
    return answers;
  }

  /** What is to be asked about one folder. */
  private record FolderTask(StoredFolder folder, List<FolderQuestion> questions) {}

  private void work(
      Queue<FolderTask> tasks, Map<FolderQuestion, UidSet> answers, Instant deadline) {
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = Math.min(atOnce, tasks.size()); i > 0; i--) {
      workers.add(CompletableFuture.runAsync(() -> workAlone(tasks, answers, deadline), network));
    }
    try {
      await(CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)), deadline);
    } finally {
      tasks.clear();
    }
  }

  private void workAlone(
      Queue<FolderTask> tasks, Map<FolderQuestion, UidSet> answers, Instant deadline) {
    try {
      for (FolderTask task = tasks.poll(); task != null; task = tasks.poll()) {
        Map<FolderQuestion, UidSet> found = search.ask(task.folder(), task.questions(), deadline);
        found.forEach(recent::put);
        answers.putAll(found);
      }
    } catch (RuntimeException e) {
      tasks.clear();
      throw e;
    }
  }

  private void await(CompletableFuture<Void> all, Instant deadline) {
    long patience = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    try {
      all.get(patience, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new BackendException(Reason.BROKEN, "The search failed", e);
    } catch (TimeoutException e) {
      throw new BackendException(Reason.UNAVAILABLE, "The mail server searches for too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted", e);
    }
  }

  private Set<Id> emails(FolderKey folder, UidSet uids) {
    Map<Long, Id> known = replica.emailIds(folder, uids);
    if (known.size() < uids.size()) {
      LOG.debug("{} of {} hits are not in the replica", uids.size() - known.size(), uids.size());
    }
    return new HashSet<>(known.values());
  }
}
