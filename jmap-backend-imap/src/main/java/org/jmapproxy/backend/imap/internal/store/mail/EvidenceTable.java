package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/** The table of what the server says about which messages are the same. */
record EvidenceTable(Session session) {

  private static final int LONGEST = 500;

  /** What a server said of a message, the strongest first: the kind in front of the value. */
  static List<String> tokens(ServerIds ids) {
    List<String> tokens = new ArrayList<>(3);
    add(tokens, "e:", ids.emailId());
    add(tokens, "g:", ids.gmailMessageId());
    add(tokens, "u:", ids.guid());
    return tokens;
  }

  OptionalLong emailWith(String token) throws SQLException {
    return session.number("SELECT email FROM replica_evidence WHERE token = ?", token);
  }

  /** Whether an Email has evidence of the same kind with another value. */
  boolean contradicts(long email, String token) throws SQLException {
    return session
        .number(
            "SELECT 1 FROM replica_evidence WHERE email = ? AND substr(token, 1, 2) = ?"
                + " AND token <> ? LIMIT 1",
            email,
            token.substring(0, 2),
            token)
        .isPresent();
  }

  /** Adds what was said, unless it was said of another Email. */
  void add(long email, List<String> tokens) throws SQLException {
    for (String token : tokens) {
      session.update(
          "INSERT OR IGNORE INTO replica_evidence (token, email) VALUES (?, ?)", token, email);
    }
  }

  private static void add(List<String> tokens, String kind, Optional<String> value) {
    value
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST)
        .ifPresent(id -> tokens.add(kind + id));
  }
}
