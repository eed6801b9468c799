package org.jmapproxy.backend.imap.internal.search;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;

/** Asks the server about one folder: UID SEARCH (RFC 3501 section 6.4.4). Thread-safe. */
final class FolderSearch {
  private final Connections connections;

  FolderSearch(Connections connections) {
    this.connections = connections;
  }

  /**
   * Asks all questions, one after the other on one connection.
   *
   * @param <Q> stands for a question in the answers
   * @param deadline until when to wait for a connection
   * @throws BackendException when the server does not answer, or about another folder
   * @throws MethodException when the server cannot look for text in this script
   */
  <Q> Map<Q, UidSet> ask(StoredFolder folder, Map<Q, SearchCriteria> questions, Instant deadline) {
    if (folder.isResetting()) {
      throw beingReadAnew();
    }
    try {
      return connected(folder, questions, deadline);
    } catch (ImapException e) {
      throw ImapFailures.toBackend(e);
    }
  }

  /** A connection that rested may have ended unnoticed: that is worth a new one. */
  private <Q> Map<Q, UidSet> connected(
      StoredFolder folder, Map<Q, SearchCriteria> questions, Instant deadline) {
    try {
      return connections.use(
          Optional.of(folder.path()),
          deadline,
          link -> {
            link.upToDateAs(folder.path(), folder.position().uidValidity());
            return search(link.imap(), questions);
          });
    } catch (ImapException e) {
      if (!e.closesConnection()) {
        throw e;
      }
      return onNewConnection(folder, questions, deadline);
    }
  }

  private <Q> Map<Q, UidSet> onNewConnection(
      StoredFolder folder, Map<Q, SearchCriteria> questions, Instant deadline) {
    ImapConnection imap = connections.begin(deadline);
    try {
      if (imap.select(folder.path()).uidValidity() != folder.position().uidValidity()) {
        throw beingReadAnew();
      }
      return search(imap, questions);
    } finally {
      connections.end(imap);
    }
  }

  private static BackendException beingReadAnew() {
    return new BackendException(Reason.UNAVAILABLE, "A mailbox is being read anew");
  }

  private static <Q> Map<Q, UidSet> search(ImapConnection imap, Map<Q, SearchCriteria> questions) {
    Map<Q, UidSet> answers = new LinkedHashMap<>();
    questions.forEach((question, criteria) -> answers.put(question, search(imap, criteria)));
    return answers;
  }

  private static UidSet search(ImapConnection imap, SearchCriteria criteria) {
    try {
      return imap.messages().search(criteria);
    } catch (ImapRefusedException | ImapBadCommandException e) {
      if (criteria.isAscii() || !isAboutCharset(e)) {
        throw e;
      }
      throw new MethodException(
          MethodError.unsupportedFilter("the mail server can only look for ASCII text"));
    }
  }

  /** Servers that do not know CHARSET say BAD; others mostly say BADCHARSET, or NO alone. */
  private static boolean isAboutCharset(ImapException refusal) {
    return refusal instanceof ImapBadCommandException
        || refusal.code().is("BADCHARSET")
        || refusal.code().name().isEmpty();
  }
}
