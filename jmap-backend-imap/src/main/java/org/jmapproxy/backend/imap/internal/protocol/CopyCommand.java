package org.jmapproxy.backend.imap.internal.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/** UID COPY and UID MOVE. Used once. */
final class CopyCommand implements UntaggedHandler {
  private final ImapSession session;
  private Optional<CopiedUids> copied = Optional.empty();

  CopyCommand(ImapSession session) {
    this.session = session;
  }

  Optional<CopiedUids> run(String name, UidSet uids, String mailbox) {
    if (uids.isEmpty()) {
      return Optional.empty();
    }
    Command command =
        Command.named(name).space().raw(uids.toString()).string(session.wireName(mailbox));
    takeCode(session.execute(command, this).code());
    return copied;
  }

  /** MOVE tells COPYUID in an untagged OK, before the EXPUNGEs. */
  @Override
  public boolean take(Untagged response) {
    return response.is("OK") && takeCode(StatusResponse.read("OK", response.cursor()).code());
  }

  private boolean takeCode(ResponseCode code) {
    if (!code.is("COPYUID")) {
      return false;
    }
    String[] fields = code.arguments().split(" ", 4);
    if (fields.length == 3 && fields[0].matches("\\d{1,10}")) {
      long[] sources = UidSequence.expand(fields[1], session.endpoint().limits().maxElements());
      long[] targets = UidSequence.expand(fields[2], session.endpoint().limits().maxElements());
      if (sources.length == targets.length && sources.length > 0) {
        remember(Long.parseLong(fields[0]), sources, targets);
      }
    }
    return true;
  }

  private void remember(long uidValidity, long[] sources, long[] targets) {
    Map<Long, Long> destinations = new LinkedHashMap<>();
    copied.ifPresent(earlier -> destinations.putAll(earlier.destinations()));
    for (int i = 0; i < sources.length; i++) {
      destinations.put(sources[i], targets[i]);
    }
    copied = Optional.of(new CopiedUids(uidValidity, destinations));
  }
}
