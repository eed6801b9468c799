package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.State;

/**
 * The one row of numbers that all states are made of, as one transaction sees it.
 *
 * @param epoch what every state begins with
 * @param salt what blob ids and thread keys are mixed with
 * @param seq the last sequence number given
 * @param mailboxSeq the last number that a Mailbox took
 * @param threadSeq the last number that a Thread took
 * @param emailSeq the last number that an Email took
 * @param deliverySeq the last number that a new Email took
 * @param floorSeq tombstones up to this number are forgotten
 * @param lastFolder the last folder key given
 * @param lastThread the last thread key given
 * @param lastEmail the last email key given
 */
public record ReplicaState(
    String epoch,
    String salt,
    long seq,
    long mailboxSeq,
    long threadSeq,
    long emailSeq,
    long deliverySeq,
    long floorSeq,
    long lastFolder,
    long lastThread,
    long lastEmail) {

  /** The pseudo-type of RFC 8621 section 1.5. */
  public static final String DELIVERY = "EmailDelivery";

  /** Reads the row. */
  public static ReplicaState read(Session session) throws SQLException {
    return session
        .first(
            "SELECT epoch, salt, seq, mailbox_seq, thread_seq, email_seq, delivery_seq, floor_seq,"
                + " last_folder, last_thread, last_email FROM replica_state",
            row ->
                new ReplicaState(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getLong(10),
                    row.getLong(11)))
        .orElseThrow(() -> new SQLException("the replica has no state"));
  }

  /** The states by type name. */
  public Map<String, State> states() {
    Map<String, State> states = new HashMap<>();
    states.put(ObjectType.MAILBOX.typeName(), stateAt(mailboxSeq));
    states.put(ObjectType.THREAD.typeName(), stateAt(threadSeq));
    states.put(ObjectType.EMAIL.typeName(), stateAt(emailSeq));
    states.put(DELIVERY, stateAt(deliverySeq));
    return states;
  }

  /** The number of a type's state. */
  long seqOf(ObjectType type) {
    return switch (type) {
      case MAILBOX -> mailboxSeq;
      case THREAD -> threadSeq;
      case EMAIL -> emailSeq;
    };
  }

  /** The state with a number. */
  State stateAt(long number) {
    return State.of(epoch + "-" + number);
  }
}
