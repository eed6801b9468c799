package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.backend.imap.internal.store.RenameQuestion;
import org.jmapproxy.backend.imap.internal.store.RenameQuestion.Look;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/**
 * Finds folders that may have been renamed though nothing in a LIST round proves it: they vanished,
 * or where they were there is a folder with another UIDVALIDITY.
 */
record RenameQuestions(Session session) {

  private static final int MOST = 100;
  private static final int SAMPLE = 10;

  List<RenameQuestion> of(FolderRound round) throws SQLException {
    FolderMatch match = FolderMatch.of(new FolderTable(session).all(), round);
    List<FolderRow> displaced = new ArrayList<>(match.vanished());
    List<ListedFolder> places = new ArrayList<>(match.fresh());
    for (ListedFolder listed : round.folders()) {
      FolderRow row = match.known().get(listed.path());
      if (row != null && !round.renames().containsKey(listed.path()) && isReplaced(listed, row)) {
        displaced.add(row);
        places.add(listed);
      }
    }
    List<RenameQuestion> questions = new ArrayList<>();
    for (FolderRow row : displaced) {
      for (ListedFolder place : places) {
        if (questions.size() < MOST && couldBe(place, row)) {
          Map<Long, Look> sample = sample(row.folder());
          if (!sample.isEmpty()) {
            questions.add(new RenameQuestion(new FolderKey(row.folder()), place.path(), sample));
          }
        }
      }
    }
    return questions;
  }

  /** Whether another folder may be where a folder was. */
  private static boolean isReplaced(ListedFolder listed, FolderRow row) {
    OptionalLong validity = listed.evidence().uidValidity();
    return validity.isPresent()
        && row.position().uidValidity() > 0
        && validity.getAsLong() != row.position().uidValidity()
        && !FolderMatch.proves(listed, row);
  }

  private static boolean couldBe(ListedFolder place, FolderRow row) {
    OptionalLong next = place.evidence().uidNext();
    return !FolderMatch.contradicts(place, row)
        && row.position().uidValidity() > 0
        && place.evidence().uidValidity().equals(OptionalLong.of(row.position().uidValidity()))
        && next.isPresent()
        && next.getAsLong() >= row.position().uidNext();
  }

  /** The last messages and the first one. */
  private Map<Long, Look> sample(long folder) throws SQLException {
    Map<Long, Look> sample = new LinkedHashMap<>();
    session.walk(
        "SELECT c.uid, e.size, e.received_at FROM replica_copy c"
            + " JOIN replica_email e ON e.email = c.email WHERE c.folder = ? AND (c.uid IN"
            + " (SELECT uid FROM replica_copy WHERE folder = ? AND uid > 0"
            + " ORDER BY uid DESC LIMIT ?)"
            + " OR c.uid = (SELECT min(uid) FROM replica_copy WHERE folder = ? AND uid > 0))",
        row -> {
          Look look = new Look(row.getLong(2), Instant.ofEpochMilli(row.getLong(3)));
          sample.put(row.getLong(1), look);
          return true;
        },
        folder,
        folder,
        SAMPLE,
        folder);
    return sample;
  }
}
