package org.jmapproxy.backend.imap.internal.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * Remembers for a short time what the server found, so that the next page of a search does not ask
 * again. Thread-safe.
 */
final class RecentAnswers {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST_RANGES = 200_000;

  private final Clock clock;
  private final Map<FolderQuestion<?>, Answer> answers = new LinkedHashMap<>();
  private long ranges;

  private record Answer(UidSet uids, Instant until) {

    /** An answer without any hit takes memory too. */
    long weight() {
      return 10L + uids.ranges().size();
    }
  }

  RecentAnswers(Clock clock) {
    this.clock = clock;
  }

  synchronized Optional<UidSet> find(FolderQuestion<?> question) {
    keepAtMost(Long.MAX_VALUE);
    return Optional.ofNullable(answers.get(question)).map(Answer::uids);
  }

  synchronized void put(FolderQuestion<?> question, UidSet uids) {
    Answer answer = new Answer(uids, clock.instant().plus(KEPT));
    Answer old = answers.remove(question);
    ranges -= old == null ? 0 : old.weight();
    if (answer.weight() <= MOST_RANGES) {
      keepAtMost(MOST_RANGES - answer.weight());
      answers.put(question, answer);
      ranges += answer.weight();
    }
  }

  /** Drops what is too old and, oldest first, what is too much. */
  private void keepAtMost(long most) {
    Instant now = clock.instant();
    for (Iterator<Answer> all = answers.values().iterator(); all.hasNext(); ) {
      Answer oldest = all.next();
      if (ranges <= most && now.isBefore(oldest.until())) {
        return;
      }
      all.remove();
      ranges -= oldest.weight();
    }
  }
}
