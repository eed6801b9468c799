package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.CopiedFrom;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.core.id.Id;

/** What can happen to the messages of one folder: they arrive, change their flags, depart. */
final class FolderMessages {

  private static final int CHUNK = 1000;

  private final ReplicaTransaction tx;
  private final long folder;
  private final Linker linker;
  private final Threader threader;

  FolderMessages(ReplicaTransaction tx, long folder) {
    this.tx = tx;
    this.folder = folder;
    this.linker = new Linker(tx);
    this.threader = new Threader(tx);
  }

  void arrive(PreparedArrival arrival, Optional<CopiedFrom> origin, UidSet leaving)
      throws SQLException {
    OptionalLong known = tx.units().at(folder, arrival.uid());
    if (known.isPresent()) {
      changeFlags(
          known.getAsLong(),
          arrival.uid(),
          arrival.flags(),
          arrival.modSeq(),
          Optional.of(arrival.labels()));
    } else {
      Optional<EmailUnit> same = original(origin);
      if (same.isEmpty()) {
        same = linker.find(folder, arrival, leaving);
      }
      EmailUnit unit = same.isPresent() ? same.get() : create(arrival);
      addCopy(unit, arrival);
      tx.evidence().add(unit.key(), EvidenceTable.tokens(arrival.serverIds()));
    }
    tx.settleIfLarge();
  }

  private Optional<EmailUnit> original(Optional<CopiedFrom> origin) throws SQLException {
    if (origin.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong email = tx.units().at(origin.get().folder().value(), origin.get().uid());
    return email.isPresent() ? Optional.of(tx.units().get(email.getAsLong())) : Optional.empty();
  }

  void changeFlags(FlagChange change) throws SQLException {
    OptionalLong email = tx.units().at(folder, change.uid());
    if (email.isPresent()) {
      changeFlags(
          email.getAsLong(),
          change.uid(),
          FlagSet.ofImap(change.flags()),
          change.modSeq(),
          change.labels().map(Labels::joined));
      tx.settleIfLarge();
    }
  }

  void depart(UidSet uids) throws SQLException {
    if (uids.isEmpty()) {
      return;
    }
    long next = uids.first();
    while (true) {
      List<long[]> rows = tx.copies().emailsFrom(folder, next, uids.last(), CHUNK);
      if (rows.isEmpty()) {
        return;
      }
      for (long[] row : rows) {
        if (uids.contains(row[0])) {
          removeCopy(tx.units().get(row[1]), row[0]);
        }
      }
      tx.settleIfLarge();
      next = rows.get(rows.size() - 1)[0] + 1;
    }
  }

  /** Removes all messages. */
  void departAll() throws SQLException {
    departBetween(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Removes the messages that were not found again. */
  void departLost() throws SQLException {
    departBetween(Long.MIN_VALUE, -1);
  }

  void addServerIds(Map<Long, ServerIds> byUid) throws SQLException {
    for (Map.Entry<Long, ServerIds> entry : byUid.entrySet()) {
      OptionalLong email = tx.units().at(folder, entry.getKey());
      if (email.isPresent()) {
        tx.evidence().add(email.getAsLong(), EvidenceTable.tokens(entry.getValue()));
        Optional<String> serverId = Threader.serverId(entry.getValue());
        long thread = tx.units().get(email.getAsLong()).thread();
        if (serverId.isPresent() && !tx.threads().hasServerId(thread)) {
          tx.threads().setServerId(thread, serverId.get());
        }
      }
    }
  }

  private void departBetween(long first, long last) throws SQLException {
    while (true) {
      List<long[]> rows = tx.copies().emailsFrom(folder, first, last, CHUNK);
      if (rows.isEmpty()) {
        return;
      }
      for (long[] row : rows) {
        removeCopy(tx.units().get(row[1]), row[0]);
      }
      tx.settle();
    }
  }

  private EmailUnit create(PreparedArrival arrival) throws SQLException {
    long thread = threader.threadOf(arrival);
    EmailUnit unit =
        EmailUnit.fresh(
            tx.counters().nextEmail(), newId(arrival.serverIds()), thread, arrival, tx.labels());
    tx.units().add(unit);
    return unit;
  }

  private Id newId(ServerIds ids) throws SQLException {
    List<String> candidates = new ArrayList<>(2);
    ids.emailId().ifPresent(candidates::add);
    ids.gmailMessageId().ifPresent(candidates::add);
    for (String candidate : candidates) {
      if (RandomIds.isUsable(candidate)
          && !tx.units().hasId(Id.of(candidate))
          && !tx.past().knows(ObjectType.EMAIL, candidate)) {
        return Id.of(candidate);
      }
    }
    return tx.ids().next('e');
  }

  private void addCopy(EmailUnit unit, PreparedArrival arrival) throws SQLException {
    Optional<CopyRow> lost = unit.lostCopyIn(folder);
    if (lost.isPresent()) {
      unit.copies().remove(lost.get());
      tx.copies().delete(lost.get());
    }
    CopyRow copy =
        new CopyRow(folder, arrival.uid(), arrival.flags(), arrival.modSeq(), arrival.labels());
    unit.copies().add(copy);
    tx.copies().insert(copy, unit.key());
  }

  private void changeFlags(
      long email, long uid, FlagSet flags, long modSeq, Optional<String> labels)
      throws SQLException {
    EmailUnit unit = tx.units().get(email);
    ListIterator<CopyRow> copies = unit.copies().listIterator();
    while (copies.hasNext()) {
      CopyRow copy = copies.next();
      if (copy.folder() == folder && copy.uid() == uid && !isOlder(modSeq, copy)) {
        CopyRow changed =
            new CopyRow(
                folder, uid, flags, Math.max(modSeq, copy.modSeq()), labels.orElse(copy.labels()));
        if (!changed.equals(copy)) {
          copies.set(changed);
          tx.copies().update(changed);
        }
      }
    }
  }

  private static boolean isOlder(long modSeq, CopyRow copy) {
    return modSeq > 0 && modSeq < copy.modSeq();
  }

  private void removeCopy(EmailUnit unit, long uid) throws SQLException {
    ListIterator<CopyRow> copies = unit.copies().listIterator();
    while (copies.hasNext()) {
      CopyRow copy = copies.next();
      if (copy.folder() == folder && copy.uid() == uid) {
        copies.remove();
        tx.copies().delete(copy);
      }
    }
  }
}
