package org.jmapproxy.backend.imap.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * A server that behaves like Gmail over IMAP: one store of messages with labels, which the folders
 * only show. Expunging from the folder of a label takes the label away; what is in the trash or in
 * spam is nowhere else, and only there messages are removed for good.
 */
public final class GmailServer implements AutoCloseable {
  /** The folder of everything. */
  public static final String ALL = "[Gmail]/All Mail";

  /** The trash. */
  public static final String TRASH = "[Gmail]/Trash";

  private static final String SPAM = "[Gmail]/Spam";
  private static final String CAPABILITIES =
      "IMAP4rev1 UNSELECT NAMESPACE CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE LITERAL+";
  private static final String BODY = "Hello from Gmail.\r\n";

  /** Every connection is served by a thread of its own. */
  private static final ThreadLocal<String> SELECTED = ThreadLocal.withInitial(() -> "");

  private final ScriptedImapServer server = ScriptedImapServer.offering(CAPABILITIES);
  private final Map<String, Folder> folders = new LinkedHashMap<>();
  private final List<Mail> mails = new ArrayList<>();
  private long modSeq = 1000;
  private long ids = 1_700_000_000_000_000_000L;
  private int validities;
  private int headersSent;

  private static final class Folder {
    private final String attributes;
    private final long uidValidity;
    private String label;
    private long uidNext = 1;

    Folder(String attributes, String label, long uidValidity) {
      this.attributes = attributes;
      this.label = label;
      this.uidValidity = uidValidity;
    }
  }

  private static final class Mail {
    private final long id;
    private final long thread;
    private final String header;
    private final Set<String> flags = new TreeSet<>();
    private final Set<String> labels = new TreeSet<>();
    private final Map<String, Long> uids = new LinkedHashMap<>();
    private String place = ALL;
    private long modSeq;

    Mail(long id, long thread, String header) {
      this.id = id;
      this.thread = thread;
      this.header = header;
    }
  }

  /** An account without messages. */
  public GmailServer() {
    folder("INBOX", "", "\\Inbox");
    folders.put("[Gmail]", new Folder("\\Noselect \\HasChildren", "", 0));
    folder(ALL, "\\All", "");
    folder("[Gmail]/Drafts", "\\Drafts", "\\Draft");
    folder("[Gmail]/Important", "\\Important", "\\Important");
    folder("[Gmail]/Sent Mail", "\\Sent", "\\Sent");
    folder(SPAM, "\\Junk", "");
    folder("[Gmail]/Starred", "\\Flagged", "\\Starred");
    folder(TRASH, "\\Trash", "");
    answer("ENABLE .*", (tag, command) -> "* ENABLED CONDSTORE\r\n" + ok(tag));
    answer("NAMESPACE", (tag, c) -> "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n" + ok(tag));
    answer("(LIST|LSUB) .*", this::list);
    answer("STATUS .*X-GUID.*", (tag, command) -> tag + " BAD what?\r\n");
    answer("STATUS .*", this::status);
    answer("(SELECT|EXAMINE) .*", this::select);
    answer("(UNSELECT|CLOSE|SUBSCRIBE .*|UNSUBSCRIBE .*)", (tag, command) -> ok(tag));
    answer("UID SEARCH .*", this::search);
    answer("UID FETCH .*", this::fetch);
    answer("UID STORE .*", this::store);
    answer("UID (COPY|MOVE) .*", this::copy);
    answer("(UID )?EXPUNGE.*", this::expunge);
    answer("APPEND .*", this::append);
    answer("(CREATE|DELETE|RENAME) .*", this::change);
    server.start();
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** How many message headers clients have fetched. */
  public synchronized int headersSent() {
    return headersSent;
  }

  /** All commands received. */
  public List<String> received() {
    return server.received();
  }

  /** A message comes in; with {@code \Inbox} among the labels into the inbox. */
  public synchronized void deliver(String name, String... labels) {
    add("Subject: " + name + "\r\nMessage-ID: <" + name + "@example.org>\r\n", labels);
  }

  private Mail add(String header, String... labels) {
    ids += 17;
    Mail mail = new Mail(ids, ids, header + "\r\n");
    mail.labels.addAll(Arrays.asList(labels));
    mails.add(mail);
    changed(mail);
    return mail;
  }

  /** Makes a label. */
  public synchronized void createLabel(String label) {
    folder(label, "", label);
  }

  /** Calls a label, and with it its folder, something else. */
  public synchronized void renameLabel(String from, String to) {
    Optional.ofNullable(folders.remove(from))
        .ifPresent(
            folder -> {
              folder.label = to;
              folders.put(to, folder);
            });
    for (Mail mail : mails) {
      if (mail.labels.remove(from)) {
        mail.labels.add(to);
      }
      Optional.ofNullable(mail.uids.remove(from)).ifPresent(uid -> mail.uids.put(to, uid));
    }
  }

  /** Removes a label; its messages stay. */
  public synchronized void deleteLabel(String label) {
    folders.remove(label);
    mails.stream().filter(mail -> mail.labels.remove(label)).forEach(this::changed);
  }

  /** Gives a message a label. */
  public synchronized void label(String name, String label) {
    Mail mail = mail(name);
    mail.labels.add(label);
    changed(mail);
  }

  /** Takes a label from a message. */
  public synchronized void unlabel(String name, String label) {
    Mail mail = mail(name);
    mail.labels.remove(label);
    changed(mail);
  }

  /** Throws a message away, as the web page does. */
  public synchronized void trash(String name) {
    Mail mail = mail(name);
    mail.place = TRASH;
    mail.labels.clear();
    changed(mail);
  }

  /** Takes a message out of the trash, into the archive. */
  public synchronized void restore(String name) {
    Mail mail = mail(name);
    mail.place = ALL;
    changed(mail);
  }

  /** The labels of a message. */
  public synchronized Set<String> labels(String name) {
    return Set.copyOf(mail(name).labels);
  }

  /** The flags of a message. */
  public synchronized Set<String> flags(String name) {
    return Set.copyOf(mail(name).flags);
  }

  /** The folder that holds a message; empty if it is gone. */
  public synchronized Optional<String> place(String name) {
    return mails.stream().filter(mail -> isNamed(mail, name)).map(mail -> mail.place).findFirst();
  }

  private Mail mail(String name) {
    return mails.stream().filter(mail -> isNamed(mail, name)).findFirst().orElseThrow();
  }

  private static boolean isNamed(Mail mail, String name) {
    return mail.header.contains("<" + name + "@");
  }

  private void folder(String path, String attributes, String label) {
    folders.put(path, new Folder(attributes, label, ++validities));
  }

  private void changed(Mail mail) {
    mail.modSeq = ++modSeq;
    folders.forEach(
        (path, folder) -> {
          if (!shows(path, folder, mail)) {
            mail.uids.remove(path);
          } else if (!mail.uids.containsKey(path)) {
            mail.uids.put(path, folder.uidNext++);
          }
        });
  }

  private static boolean shows(String path, Folder folder, Mail mail) {
    if (folder.label.isEmpty()) {
      return mail.place.equals(path);
    }
    boolean starred = folder.label.equals("\\Starred") && mail.flags.contains("\\Flagged");
    return mail.place.equals(ALL) && (starred || mail.labels.contains(folder.label));
  }

  private List<Mail> in(String path) {
    return mails.stream()
        .filter(mail -> mail.uids.containsKey(path))
        .sorted((a, b) -> Long.compare(uid(a, path), uid(b, path)))
        .toList();
  }

  private static long uid(Mail mail, String path) {
    return mail.uids.getOrDefault(path, 0L);
  }

  private List<Mail> these(String set) {
    UidSet uids = UidSet.parse(set).orElseThrow();
    String path = SELECTED.get();
    return in(path).stream().filter(mail -> uids.contains(uid(mail, path))).toList();
  }

  private void answer(String pattern, BiFunction<String, String, String> reply) {
    server.answering(
        pattern,
        (tag, command) -> {
          synchronized (this) {
            return reply.apply(tag, command);
          }
        });
  }

  private static String ok(String tag) {
    return tag + " OK done\r\n";
  }

  private static String unquoted(String name) {
    return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
  }

  private static List<String> words(String text) {
    Matcher matcher = Pattern.compile("\"[^\"]*\"|[^\\s()]+").matcher(text);
    List<String> words = new ArrayList<>();
    while (matcher.find()) {
      words.add(unquoted(matcher.group()).replace("\\\\", "\\"));
    }
    return words;
  }

  private String list(String tag, String command) {
    StringBuilder out = new StringBuilder();
    String verb = command.substring(0, 4).toUpperCase(Locale.ROOT);
    folders.forEach(
        (path, folder) ->
            out.append("* %s (%s) \"/\" \"%s\"\r\n".formatted(verb, folder.attributes, path)));
    return out + ok(tag);
  }

  private String status(String tag, String command) {
    String path = words(command).get(1);
    Folder folder = folders.get(path);
    return folder == null
        ? tag + " NO no such folder\r\n"
        : "* STATUS \"%s\" (MESSAGES %d UIDNEXT %d UIDVALIDITY %d HIGHESTMODSEQ %d)\r\n%s"
            .formatted(path, in(path).size(), folder.uidNext, folder.uidValidity, modSeq, ok(tag));
  }

  private String select(String tag, String command) {
    String path = words(command).get(1);
    Folder folder = folders.get(path);
    if (folder == null) {
      return tag + " NO no such folder\r\n";
    }
    SELECTED.set(path);
    return """
        * FLAGS (\\Seen \\Flagged \\Draft \\Answered \\Deleted)\r
        * OK [PERMANENTFLAGS (\\Seen \\Flagged \\Draft \\Answered \\Deleted \\*)] any\r
        * %d EXISTS\r
        * OK [UIDVALIDITY %d] v\r
        * OK [UIDNEXT %d] n\r
        * OK [HIGHESTMODSEQ %d] h\r
        %s OK [READ-WRITE] done\r
        """
        .formatted(in(path).size(), folder.uidValidity, folder.uidNext, modSeq, tag);
  }

  private String search(String tag, String command) {
    Matcher uids = Pattern.compile("UID SEARCH .*?\\bUID (\\S+).*").matcher(command);
    Matcher header = Pattern.compile(".*HEADER \\S+ (\\S+).*").matcher(command);
    List<Mail> found = uids.matches() ? these(uids.group(1)) : in(SELECTED.get());
    StringBuilder out = new StringBuilder("* SEARCH");
    found.stream()
        .filter(mail -> !header.matches() || mail.header.contains(unquoted(header.group(1))))
        .filter(mail -> !command.contains(" DELETED") || mail.flags.contains("\\Deleted"))
        .filter(mail -> !command.contains("UNDELETED") || !mail.flags.contains("\\Deleted"))
        .filter(mail -> !command.contains("BODY ") || command.contains("Hello"))
        .forEach(mail -> out.append(' ').append(uid(mail, SELECTED.get())));
    return out + "\r\n" + ok(tag);
  }

  private String fetch(String tag, String command) {
    Matcher asked =
        Pattern.compile("UID FETCH (\\S+) \\((.*?)\\)(?: \\(CHANGEDSINCE (\\d+)\\))?")
            .matcher(command);
    if (!asked.matches()) {
      return tag + " BAD what?\r\n";
    }
    long since = asked.group(3) == null ? 0 : Long.parseLong(asked.group(3));
    StringBuilder out = new StringBuilder();
    for (Mail mail : these(asked.group(1))) {
      if (mail.modSeq > since) {
        out.append(response(mail, asked.group(2)));
      }
    }
    return out + ok(tag);
  }

  private String response(Mail mail, String items) {
    String path = SELECTED.get();
    StringBuilder out = new StringBuilder();
    out.append("* %d FETCH (UID %d".formatted(in(path).indexOf(mail) + 1, uid(mail, path)));
    for (String item : items.split(" ", -1)) {
      out.append(
          switch (item) {
            case "FLAGS" -> " FLAGS (" + String.join(" ", mail.flags) + ")";
            case "MODSEQ" -> " MODSEQ (" + mail.modSeq + ")";
            case "X-GM-MSGID" -> " X-GM-MSGID " + mail.id;
            case "X-GM-THRID" -> " X-GM-THRID " + mail.thread;
            case "X-GM-LABELS" -> " X-GM-LABELS (" + shown(mail, path) + ")";
            case "INTERNALDATE" -> " INTERNALDATE \"01-Mar-2026 12:00:00 +0000\"";
            case "RFC822.SIZE" -> " RFC822.SIZE " + (mail.header.length() + BODY.length());
            case "BODYSTRUCTURE" ->
                " BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" "
                    + BODY.length()
                    + " 1)";
            case "BODY.PEEK[HEADER]" -> header(mail);
            default ->
                item.startsWith("BODY.PEEK[1]")
                    ? " BODY[1]<0> {" + BODY.length() + "}\r\n" + BODY
                    : "";
          });
    }
    return out + ")\r\n";
  }

  private String header(Mail mail) {
    headersSent++;
    return " BODY[HEADER] {" + mail.header.length() + "}\r\n" + mail.header;
  }

  /** Gmail leaves out the label of the folder that is selected. */
  private String shown(Mail mail, String path) {
    Folder folder = folders.get(path);
    List<String> labels = new ArrayList<>(mail.labels);
    if (folder != null) {
      labels.remove(folder.label);
    }
    return String.join(
        " ", labels.stream().map(label -> '"' + label.replace("\\", "\\\\") + '"').toList());
  }

  private String store(String tag, String command) {
    Matcher asked =
        Pattern.compile("UID STORE (\\S+) ([+-]?)(FLAGS|X-GM-LABELS)(\\.SILENT)? \\((.*)\\)")
            .matcher(command);
    if (!asked.matches()) {
      return tag + " BAD what?\r\n";
    }
    StringBuilder out = new StringBuilder();
    for (Mail mail : these(asked.group(1))) {
      Set<String> values = asked.group(3).equals("FLAGS") ? mail.flags : mail.labels;
      if (asked.group(2).isEmpty()) {
        values.clear();
      }
      if (asked.group(2).equals("-")) {
        values.removeAll(words(asked.group(5)));
      } else {
        values.addAll(words(asked.group(5)));
      }
      changed(mail);
      out.append(response(mail, asked.group(3).equals("FLAGS") ? "FLAGS MODSEQ" : "X-GM-LABELS"));
    }
    return out + ok(tag);
  }

  private String copy(String tag, String command) {
    List<String> words = words(command);
    boolean moves = words.get(1).equalsIgnoreCase("MOVE");
    Folder to = folders.get(words.get(3));
    Folder from = folders.get(SELECTED.get());
    if (to == null || from == null) {
      return tag + " NO [TRYCREATE] no such folder\r\n";
    }
    List<Mail> these = these(words.get(2));
    UidSet sources = UidSet.of(these.stream().mapToLong(mail -> uid(mail, SELECTED.get())));
    for (Mail mail : these) {
      if (to.label.isEmpty()) {
        mail.place = words.get(3);
        if (!mail.place.equals(ALL)) {
          mail.labels.clear();
        }
      } else {
        mail.place = ALL;
        mail.labels.add(to.label);
      }
      if (moves && !from.label.isEmpty()) {
        mail.labels.remove(from.label);
      }
      changed(mail);
    }
    UidSet targets = UidSet.of(these.stream().mapToLong(mail -> uid(mail, words.get(3))));
    String code = "[COPYUID " + to.uidValidity + " " + sources + " " + targets + "]";
    return these.isEmpty() ? ok(tag) : tag + " OK " + code + " done\r\n";
  }

  private String expunge(String tag, String command) {
    List<String> words = words(command);
    String path = SELECTED.get();
    Folder folder = folders.get(path);
    List<Mail> these = words.size() > 2 ? these(words.get(2)) : in(path);
    for (Mail mail : these) {
      if (mail.flags.contains("\\Deleted") && folder != null) {
        if (path.equals(TRASH) || path.equals(SPAM)) {
          mails.remove(mail);
          modSeq++;
        } else {
          mail.flags.remove("\\Deleted");
          mail.labels.remove(folder.label);
          changed(mail);
        }
      }
    }
    return ok(tag);
  }

  private String append(String tag, String command) {
    String path = words(command).get(1);
    Folder folder = folders.get(path);
    Matcher flags = Pattern.compile("APPEND .*? \\((.*?)\\) ").matcher(command);
    int text = command.indexOf("\" ", command.indexOf(" +0000\"") - 2) + 2;
    int end = command.indexOf("\r\n\r\n", text);
    if (folder == null || end < 0) {
      return tag + " NO [TRYCREATE] no such folder\r\n";
    }
    Mail mail = add(command.substring(text, end + 2));
    if (flags.find()) {
      mail.flags.addAll(words(flags.group(1)));
    }
    if (folder.label.isEmpty()) {
      mail.place = path;
    } else {
      mail.labels.add(folder.label);
    }
    changed(mail);
    return "%s OK [APPENDUID %d %d] done\r\n".formatted(tag, folder.uidValidity, uid(mail, path));
  }

  private String change(String tag, String command) {
    List<String> words = words(command);
    switch (words.get(0).toUpperCase(Locale.ROOT)) {
      case "CREATE" -> createLabel(words.get(1));
      case "DELETE" -> deleteLabel(words.get(1));
      default -> renameLabel(words.get(1), words.get(2));
    }
    return ok(tag);
  }

  @Override
  public void close() {
    server.close();
  }

  /** The bytes of a message for a client to store. */
  public static byte[] message(String name) {
    String message = "Subject: %s\r\nMessage-ID: <%s@example.org>\r\n\r\n%s";
    return message.formatted(name, name, BODY).getBytes(StandardCharsets.US_ASCII);
  }
}
