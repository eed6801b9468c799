package org.jmapproxy.backend.imap.internal.protocol;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** SELECT and EXAMINE, with CONDSTORE or QRESYNC where they apply. Used once. */
final class SelectCommand implements UntaggedHandler {
  private final ImapSession session;
  private Set<String> flags = Set.of();
  private Optional<Set<String>> permanentFlags = Optional.empty();
  private long exists;
  private long uidValidity;
  private OptionalLong uidNext = OptionalLong.empty();
  private OptionalLong highestModSeq = OptionalLong.empty();
  private Optional<String> mailboxId = Optional.empty();

  SelectCommand(ImapSession session) {
    this.session = session;
  }

  SelectedMailbox run(String name, String mailbox, Optional<QuickResync> known) {
    Command command = Command.named(name).string(session.wireName(mailbox));
    if (known.isPresent()) {
      QuickResync resync = known.get();
      command.raw(" (QRESYNC (" + resync.uidValidity() + " " + resync.modSeq());
      command.raw(resync.knownUids().isEmpty() ? "))" : " " + resync.knownUids() + "))");
    } else if (session.capabilities().hasCondstore()) {
      command.raw(" (CONDSTORE)");
    }
    StatusResponse done = session.execute(command, this);
    Set<String> lasting = permanentFlags.orElse(flags);
    boolean creates = lasting.contains("\\*");
    boolean readOnly = done.code().is("READ-ONLY") || name.equals("EXAMINE");
    return new SelectedMailbox(
        mailbox,
        uidValidity,
        uidNext,
        exists,
        highestModSeq,
        flags,
        lasting,
        creates,
        readOnly,
        mailboxId);
  }

  @Override
  public boolean take(Untagged response) {
    if (response.is("FLAGS")) {
      flags = flags(response.cursor().rest());
      return true;
    }
    if (response.is("EXISTS")) {
      exists = Math.max(0, response.number());
      return true;
    }
    if (response.is("OK")) {
      return takeCode(StatusResponse.read("OK", response.cursor()).code());
    }
    return false;
  }

  private boolean takeCode(ResponseCode code) {
    switch (code.name()) {
      case "UIDVALIDITY" -> uidValidity = number(code).orElse(0);
      case "UIDNEXT" -> uidNext = number(code);
      case "HIGHESTMODSEQ" ->
          highestModSeq = number(code).orElse(0) > 0 ? number(code) : OptionalLong.empty();
      case "NOMODSEQ" -> highestModSeq = OptionalLong.empty();
      case "PERMANENTFLAGS" -> permanentFlags = Optional.of(flags(code.arguments()));
      case "MAILBOXID" -> mailboxId = Optional.of(code.arguments().replaceAll("[()]", ""));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static OptionalLong number(ResponseCode code) {
    return code.arguments().matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(code.arguments()))
        : OptionalLong.empty();
  }

  private Set<String> flags(String list) {
    ResponseCursor cursor =
        ResponseCursor.of(
            list.getBytes(java.nio.charset.StandardCharsets.UTF_8), session.endpoint().limits());
    Set<String> found = new HashSet<>();
    cursor.accept('(');
    while (!cursor.atEnd() && cursor.peek() != ')') {
      cursor.skipSpaces();
      String flag = cursor.atom();
      if (flag.isEmpty()) {
        break;
      }
      if (!flag.toLowerCase(Locale.ROOT).equals("\\recent")) {
        found.add(flag);
      }
    }
    return Set.copyOf(found);
  }
}
