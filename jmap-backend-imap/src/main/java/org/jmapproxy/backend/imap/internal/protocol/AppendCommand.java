package org.jmapproxy.backend.imap.internal.protocol;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapDates;

/** APPEND of one message. Used once. */
final class AppendCommand {
  private static final int PEEKED = 1 << 16;

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
    InputStream octets = session.utf8() ? new BufferedInputStream(message, PEEKED) : message;
    if (session.utf8() && hasRawHeader(octets)) {
      command.raw(" UTF8 (").literal8(octets, size).raw(")");
    } else {
      command.space().literal(octets, size);
    }
    return appended(session.execute(command).code());
  }

  /** Whether a header field holds more than ASCII, which has to be said (RFC 6855 section 4). */
  private static boolean hasRawHeader(InputStream message) {
    try {
      message.mark(PEEKED);
      byte[] beginning = message.readNBytes(PEEKED);
      message.reset();
      for (int i = 0; i < beginning.length; i++) {
        if (beginning[i] < 0) {
          return true;
        }
        if (beginning[i] == '\r' && i >= 2 && beginning[i - 1] == '\n') {
          return false;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<AppendedUid> appended(ResponseCode code) {
    if (!code.is("APPENDUID") || !code.arguments().matches("\\d{1,10} \\d{1,10}")) {
      return Optional.empty();
    }
    String[] fields = code.arguments().split(" ", 2);
    return Optional.of(new AppendedUid(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
  }
}
