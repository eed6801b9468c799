package org.jmapproxy.backend.imap.internal.protocol;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapDates;

/** APPEND of one message. Used once. */
final class AppendCommand {
  private final ImapSession session;

  AppendCommand(ImapSession session) {
    this.session = session;
  }

  Optional<AppendedUid> run(
      String mailbox,
      Collection<String> flags,
      Optional<Instant> internalDate,
      long size,
      InputStream message) {
    Command command = Command.named("APPEND").string(session.wireName(mailbox)).flags(flags);
    internalDate.ifPresent(date -> command.string(ImapDates.dateTime(date)));
    if (session.utf8()) {
      command.raw(" UTF8 (").literal8(message, size).raw(")");
    } else {
      command.space().literal(message, size);
    }
    return appended(session.execute(command).code());
  }

  private static Optional<AppendedUid> appended(ResponseCode code) {
    if (!code.is("APPENDUID") || !code.arguments().matches("\\d{1,10} \\d{1,10}")) {
      return Optional.empty();
    }
    String[] fields = code.arguments().split(" ", 2);
    return Optional.of(new AppendedUid(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
  }
}
