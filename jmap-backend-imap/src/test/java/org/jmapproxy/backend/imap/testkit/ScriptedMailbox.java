package org.jmapproxy.backend.imap.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * A {@link ScriptedImapServer} with an INBOX that a test changes as it likes, for what real servers
 * do only when they are in trouble. Knows mod-sequences; tells VANISHED where QRESYNC is asked for.
 */
public final class ScriptedMailbox implements AutoCloseable {
  private static final Pattern FETCH =
      Pattern.compile("UID FETCH (\\S+) \\((.*?)\\)(?: \\(CHANGEDSINCE (\\d+)\\))?");
  private static final Pattern SELECT =
      Pattern.compile("(?:SELECT|EXAMINE) \"INBOX\"(?: \\(QRESYNC \\((\\d+) (\\d+).*\\))?.*");

  private final ScriptedImapServer server;
  private final Map<Long, Message> messages = new TreeMap<>();
  private final Map<Long, Long> expunged = new LinkedHashMap<>();
  private long uidValidity = 7;
  private long uidNext = 1;
  private long modSeq = 10;
  private boolean keepsModSeqs = true;
  private boolean refusesResync;
  private String beforeClosed = "";
  private String idleTag = "";
  private String preview = "NIL";

  private record Message(String flags, long modSeq) {}

  private ScriptedMailbox(String capabilities) {
    server = ScriptedImapServer.offering(capabilities);
    answer("ENABLE .*", (tag, command) -> "* ENABLED " + command.substring(7) + "\r\n" + ok(tag));
    answer("LIST .*", (tag, command) -> "* LIST () \"/\" INBOX\r\n" + ok(tag));
    answer("LSUB .*", (tag, command) -> "* LSUB () \"/\" INBOX\r\n" + ok(tag));
    answer("STATUS .*X-GUID.*", (tag, command) -> tag + " BAD what?\r\n");
    answer("STATUS .*", this::status);
    answer("(SELECT|EXAMINE) .*", this::select);
    answer("UID SEARCH .*", this::search);
    answer("UID FETCH .*", this::fetch);
  }

  /** A server with this CAPABILITY line and an empty INBOX. */
  public static ScriptedMailbox offering(String capabilities) {
    ScriptedMailbox mailbox = new ScriptedMailbox(capabilities);
    mailbox.server.start();
    return mailbox;
  }

  /** The server behind it. */
  public ScriptedImapServer server() {
    return server;
  }

  /** A new message; its UID. */
  public synchronized long arrive(String flags) {
    messages.put(uidNext, new Message(flags, ++modSeq));
    return uidNext++;
  }

  /** A message gets these flags. */
  public synchronized void flag(long uid, String flags) {
    messages.put(uid, new Message(flags, ++modSeq));
  }

  /** A message is gone. */
  public synchronized void expunge(long uid) {
    messages.remove(uid);
    expunged.put(uid, ++modSeq);
  }

  /** The server has lost its mod-sequences, and what was expunged, and counts from here. */
  public synchronized void restartModSeqs(long from) {
    modSeq = from;
    expunged.clear();
    messages.replaceAll((uid, message) -> new Message(message.flags(), from));
  }

  /** Whether the mailbox has mod-sequences, or says NOMODSEQ. */
  public synchronized void keepsModSeqs(boolean keeps) {
    keepsModSeqs = keeps;
  }

  /** Answers SELECT with QRESYNC by BAD. */
  public synchronized void refuseResync() {
    refusesResync = true;
  }

  /** Says this when a mailbox is selected while another is, before CLOSED. */
  public synchronized void sayBeforeClosed(String lines) {
    beforeClosed = lines;
  }

  /** All messages get UIDs from 1 on, under another UIDVALIDITY. */
  public synchronized void changeUidValidity() {
    Map<Long, Message> before = new TreeMap<>(messages);
    messages.clear();
    uidValidity++;
    uidNext = 1;
    before.values().forEach(message -> messages.put(uidNext++, message));
  }

  /** What PREVIEW tells of each message from now on: NIL or a quoted string. */
  public synchronized void previews(String value) {
    preview = value;
  }

  /** Notes the tag of an IDLE that has begun. */
  public synchronized void idling(String tag) {
    idleTag = tag;
  }

  /** The tag of the IDLE that ends now. */
  public synchronized String idled() {
    return idleTag;
  }

  private void answer(String pattern, BiFunction<String, String, String> reply) {
    server.answering(pattern, reply);
  }

  private static String ok(String tag) {
    return tag + " OK done\r\n";
  }

  private synchronized String status(String tag, String command) {
    String modSeqs = command.contains("HIGHESTMODSEQ") ? " HIGHESTMODSEQ " + told() : "";
    return "* STATUS INBOX (MESSAGES %d UIDNEXT %d UIDVALIDITY %d UNSEEN %d%s)\r\n%s"
        .formatted(messages.size(), uidNext, uidValidity, unseen(), modSeqs, ok(tag));
  }

  private long told() {
    return keepsModSeqs ? modSeq : 0;
  }

  private long unseen() {
    return messages.values().stream().filter(m -> !m.flags().contains("\\Seen")).count();
  }

  /** What the answer to EXAMINE is. */
  public String examined(String tag) {
    return select(tag, "EXAMINE \"INBOX\"");
  }

  private synchronized String select(String tag, String command) {
    Matcher asked = SELECT.matcher(command);
    boolean resync = asked.matches() && asked.group(1) != null;
    if (resync && refusesResync) {
      return tag + " BAD no QRESYNC today\r\n";
    }
    StringBuilder out = new StringBuilder(beforeClosed);
    out.append("* OK [CLOSED] before\r\n* FLAGS (\\Seen \\Flagged \\Deleted)\r\n");
    out.append(
        "* %d EXISTS\r\n* OK [UIDVALIDITY %d] v\r\n".formatted(messages.size(), uidValidity));
    out.append("* OK [UIDNEXT %d] n\r\n".formatted(uidNext));
    out.append(
        keepsModSeqs ? "* OK [HIGHESTMODSEQ " + modSeq + "] h\r\n" : "* OK [NOMODSEQ] n\r\n");
    if (resync && keepsModSeqs && Long.parseLong(asked.group(1)) == uidValidity) {
      long since = Long.parseLong(asked.group(2));
      UidSet gone =
          UidSet.of(
              expunged.entrySet().stream()
                  .filter(entry -> entry.getValue() > since)
                  .mapToLong(Map.Entry::getKey));
      out.append(gone.isEmpty() ? "" : "* VANISHED (EARLIER) " + gone + "\r\n");
      messages.forEach((uid, message) -> out.append(changed(uid, message, since)));
    }
    return out + tag + " OK [READ-WRITE] done\r\n";
  }

  private String changed(long uid, Message message, long since) {
    return message.modSeq() <= since
        ? ""
        : "* %d FETCH (UID %d FLAGS (%s) MODSEQ (%d))\r\n"
            .formatted(position(uid), uid, message.flags(), message.modSeq());
  }

  private long position(long uid) {
    return messages.keySet().stream().filter(other -> other <= uid).count();
  }

  private synchronized String search(String tag, String command) {
    Matcher asked = Pattern.compile(" UID (\\S+)").matcher(command);
    UidSet among = asked.find(3) ? UidSet.parse(asked.group(1)).orElseThrow() : UidSet.from(1);
    StringBuilder out = new StringBuilder("* SEARCH");
    messages.keySet().stream().filter(among::contains).forEach(uid -> out.append(' ').append(uid));
    return out + "\r\n" + ok(tag);
  }

  private synchronized String fetch(String tag, String command) {
    Matcher asked = FETCH.matcher(command);
    if (!asked.matches() || (!keepsModSeqs && command.contains("MODSEQ"))) {
      return tag + " BAD there are no mod-sequences\r\n";
    }
    UidSet among = UidSet.parse(asked.group(1)).orElseThrow();
    long since = asked.group(3) == null ? 0 : Long.parseLong(asked.group(3));
    StringBuilder out = new StringBuilder();
    messages.forEach(
        (uid, message) -> {
          if (among.contains(uid) && (since == 0 || message.modSeq() > since)) {
            out.append(fetched(uid, message, asked.group(2)));
          }
        });
    return out + ok(tag);
  }

  private String fetched(long uid, Message message, String items) {
    StringBuilder out = new StringBuilder("* " + position(uid) + " FETCH (UID " + uid);
    out.append(items.contains("FLAGS") ? " FLAGS (" + message.flags() + ")" : "");
    out.append(items.contains("MODSEQ") ? " MODSEQ (" + message.modSeq() + ")" : "");
    out.append(items.contains("PREVIEW") ? " PREVIEW " + preview : "");
    if (items.contains("HEADER")) {
      String header = "Subject: Message %d\r\nMessage-ID: <m%d@x>\r\n\r\n".formatted(uid, uid);
      out.append(" INTERNALDATE \"01-Jan-2024 10:00:00 +0000\" RFC822.SIZE ");
      out.append(header.length() + 5);
      out.append(" BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1 NIL NIL NIL NIL)");
      out.append(" BODY[HEADER] {" + header.getBytes(StandardCharsets.UTF_8).length + "}\r\n");
      out.append(header);
    }
    out.append(items.contains("BODY.PEEK[1]") ? " BODY[1]<0> \"hello\"" : "");
    return out.append(")\r\n").toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
