package org.jmapproxy.backend.imap.internal.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/** UID STORE of flags. Used once. */
final class StoreCommand implements UntaggedHandler {
  private final ImapSession session;
  private final List<FetchedMessage> updates = new ArrayList<>();
  private UidSet uids = UidSet.EMPTY;

  StoreCommand(ImapSession session) {
    this.session = session;
  }

  StoreResult run(
      UidSet set, StoreMode mode, Collection<String> flags, OptionalLong unchangedSince) {
    if (set.isEmpty()) {
      return new StoreResult(UidSet.EMPTY, List.of());
    }
    uids = set;
    Command command = Command.named("UID STORE").space().raw(set.toString());
    unchangedSince.ifPresent(modSeq -> command.raw(" (UNCHANGEDSINCE " + modSeq + ")"));
    command.space().raw(mode.item()).flags(flags);
    return new StoreResult(modified(command), List.copyOf(updates));
  }

  void labels(UidSet set, StoreMode mode, Collection<String> labels) {
    Command command = Command.named("UID STORE").space().raw(set.toString()).space();
    command.raw(mode.item().substring(0, 1)).raw("X-GM-LABELS (");
    boolean first = true;
    for (String label : labels) {
      if (!first) {
        command.space();
      }
      first = false;
      if (label.matches("\\\\[A-Za-z]+")) {
        command.raw(label);
      } else {
        command.string(session.wireName(label));
      }
    }
    command.raw(")");
    session.execute(command, this);
  }

  /**
   * Some servers say NO when nothing was left to store; the code tells that apart from a refusal.
   */
  private UidSet modified(Command command) {
    ResponseCode code;
    try {
      code = session.execute(command, this).code();
    } catch (ImapRefusedException e) {
      if (!e.code().is("MODIFIED")) {
        throw e;
      }
      code = e.code();
    }
    return code.is("MODIFIED") ? UidSet.parse(code.arguments()).orElse(uids) : UidSet.EMPTY;
  }

  @Override
  public boolean take(Untagged response) {
    if (!response.is("FETCH")) {
      return false;
    }
    FetchedMessage message = session.fetchParser().parse(response.number(), response.cursor());
    if (uids.contains(message.uid())) {
      if (updates.size() > session.endpoint().limits().maxElements()) {
        throw new ImapLimitException("The server does not stop telling flags");
      }
      updates.add(message);
    } else {
      session.listener().changed(message);
    }
    return true;
  }
}
