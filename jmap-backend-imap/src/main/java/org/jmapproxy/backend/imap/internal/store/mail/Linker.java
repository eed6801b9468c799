package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * Decides whether a message that arrives is an Email known already. Evidence only links: what the
 * server says is the same is the same; without its word two messages are one Email when they are
 * equal to the octet, have a Message-ID and are in different folders.
 */
final class Linker {

  private final ReplicaTransaction tx;

  Linker(ReplicaTransaction tx) {
    this.tx = tx;
  }

  /**
   * Finds it.
   *
   * @param leaving messages of the folder that are gone: copies there that are none
   */
  Optional<EmailUnit> find(long folder, PreparedArrival arrival, UidSet leaving)
      throws SQLException {
    List<String> tokens = EvidenceTable.tokens(arrival.serverIds());
    for (int i = 0; i < tokens.size(); i++) {
      OptionalLong email = tx.evidence().emailWith(tokens.get(i));
      if (email.isPresent() && !contradicted(email.getAsLong(), tokens.subList(0, i))) {
        return Optional.of(tx.units().get(email.getAsLong()));
      }
    }
    return arrival.digest().isPresent()
        ? byDigest(folder, arrival, tokens, leaving)
        : Optional.empty();
  }

  private Optional<EmailUnit> byDigest(
      long folder, PreparedArrival arrival, List<String> tokens, UidSet leaving)
      throws SQLException {
    Optional<EmailUnit> elsewhere = Optional.empty();
    for (EmailUnit unit : tx.units().withDigest(arrival.digest().orElseThrow())) {
      if (contradicted(unit.key(), tokens)) {
        continue;
      }
      if (unit.lostCopyIn(folder).isPresent()) {
        return Optional.of(unit);
      }
      if (elsewhere.isEmpty() && !unit.hasCopyIn(folder, leaving)) {
        elsewhere = Optional.of(unit);
      }
    }
    return elsewhere;
  }

  private boolean contradicted(long email, List<String> tokens) throws SQLException {
    for (String token : tokens) {
      if (tx.evidence().contradicts(email, token)) {
        return true;
      }
    }
    return false;
  }
}
