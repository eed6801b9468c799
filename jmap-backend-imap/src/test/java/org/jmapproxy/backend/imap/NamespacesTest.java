package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedMailbox;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Namespaces that real servers seldom have, and RFC 2342 allows. */
@Timeout(60)
class NamespacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final MailboxRights NONE =
      new MailboxRights(false, false, false, false, false, false, false, false, false);

  private final ScriptedMailbox server =
      ScriptedMailbox.offering("IMAP4rev1 NAMESPACE CONDSTORE ENABLE QRESYNC");
  private final List<String> listed = new CopyOnWriteArrayList<>();
  private final ImapProxy proxy = new ImapProxy();
  private Optional<OpenAccount> account = Optional.empty();

  @AfterEach
  void close() {
    account.ifPresent(OpenAccount::close);
    proxy.close();
    server.close();
  }

  /** After RFC 2342 section 5, example 5.7. */
  @Test
  void eachNamespaceHasItsOwnSeparator() {
    AccountView view =
        open(
            "((\"\" \"/\")) ((\"~\" \"/\")) ((\"#shared/\" \"/\")(\"#news.\" \".\")(\"#flat\" NIL))",
            "\"/\" INBOX",
            "\"/\" Work",
            "\"/\" Work/A.B",
            "\"/\" ~fred",
            "\"/\" ~fred/Plans",
            "\"/\" \"#shared/Club\"",
            "\".\" \"#news.comp.mail\"",
            "\".\" \"#news.a/b\"",
            "NIL \"#flat/odd.name\"");

    assertThat(parents(view))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("INBOX", ""),
                Map.entry("Work", ""),
                Map.entry("A.B", "Work"),
                Map.entry("Other Users", ""),
                Map.entry("~fred", "Other Users"),
                Map.entry("Plans", "~fred"),
                Map.entry("#shared", ""),
                Map.entry("Club", "#shared"),
                Map.entry("#news", ""),
                Map.entry("comp", "#news"),
                Map.entry("mail", "comp"),
                Map.entry("a/b", "#news"),
                Map.entry("Shared Folders", ""),
                Map.entry("#flat/odd.name", "Shared Folders")));
  }

  @Test
  void newMailboxesArePutBelowTheirParentWithItsSeparator() {
    AccountView view =
        open(
            "((\"\" \"/\")) NIL ((\"#news.\" \".\"))",
            "\"/\" INBOX",
            "\"/\" Work",
            "\".\" \"#news.comp\"");

    assertThat(create(view, "Work", "x.y")).isEmpty();
    assertThat(create(view, "comp", "x/y")).isEmpty();
    assertThat(create(view, "Work", "x/z").map(SetError::type)).contains("invalidProperties");
    assertThat(create(view, "comp", "x.z").map(SetError::type)).contains("invalidProperties");
    assertThat(server.server().received())
        .contains("CREATE \"Work/x.y\"", "CREATE \"#news.comp.x/y\"")
        .filteredOn(command -> command.startsWith("CREATE"))
        .hasSize(2);
    assertThat(parents(view)).containsEntry("x.y", "Work").containsEntry("x/y", "comp");
  }

  /** As Cyrus does it where folders stand below INBOX. */
  @Test
  void sharedFoldersWithoutAPrefixDoNotMixWithTheUsersOwn() {
    AccountView view =
        open(
            "((\"INBOX.\" \".\")) ((\"user.\" \".\")) ((\"\" \".\"))",
            "\".\" INBOX",
            "\".\" INBOX.Work",
            "\".\" announce",
            "\".\" announce.2026",
            "\".\" user.fred");

    assertThat(parents(view))
        .isEqualTo(
            Map.of(
                "INBOX", "",
                "Work", "",
                "Shared Folders", "",
                "announce", "Shared Folders",
                "2026", "announce",
                "user", "",
                "fred", "user"));
    Mailbox shared = view.mailbox("Shared Folders").orElseThrow();
    assertThat(shared.myRights()).isEqualTo(NONE);
    assertThat(shared.totalEmails()).isZero();
    assertThat(create(view, "Shared Folders", "mine").map(SetError::type)).contains("forbidden");
    assertThat(view.mailbox("announce").orElseThrow().role()).isEmpty();
  }

  @Test
  void theParentOfSharedFoldersHasANameOfItsOwnAndKeepsItsId() {
    AccountView view =
        open(
            "((\"INBOX.\" \".\")) NIL ((\"\" \".\"))",
            "\".\" INBOX",
            "\".\" \"INBOX.Shared Folders\"",
            "\".\" announce");
    Id made = view.mailboxId("Shared Folders 2");
    assertThat(parents(view))
        .isEqualTo(
            Map.of(
                "INBOX", "",
                "Shared Folders", "",
                "Shared Folders 2", "",
                "announce", "Shared Folders 2"));

    listed.remove("\".\" announce");
    account.orElseThrow().sync(PATIENCE);
    assertThat(view.mailboxes()).hasSize(2);
    listed.add("\".\" news");
    account.orElseThrow().sync(PATIENCE);
    assertThat(parents(view)).containsEntry("news", "Shared Folders 2");
    assertThat(view.mailboxes()).hasSize(4);
    assertThat(made).isNotNull();
  }

  private AccountView open(String namespaces, String... folders) {
    listed.addAll(List.of(folders));
    server
        .server()
        .onFirst("L(IST|SUB) .*", (tag, out) -> out.write(octets(list(tag))))
        .on("NAMESPACE", "* NAMESPACE " + namespaces + "\r\n$ OK done\r\n")
        .answering(
            "CREATE .*",
            (tag, command) -> {
              String name = command.substring("CREATE ".length());
              listed.add((name.contains("#news") ? "\".\" " : "\"/\" ") + name);
              return tag + " OK done\r\n";
            })
        .on("SUBSCRIBE .*", "$ OK done\r\n");
    account =
        Optional.of(
            proxy
                .backend()
                .open(ImapProxy.configuration("127.0.0.1", server.server().port(), "user", "x")));
    account.get().sync(PATIENCE);
    return new AccountView(account.get(), "user");
  }

  private String list(String tag) {
    return listed.stream().map(line -> "* LIST () " + line + "\r\n").collect(Collectors.joining())
        + tag
        + " OK done\r\n";
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Optional<SetError> create(AccountView view, String parent, String name) {
    CreateOutcome<Mailbox> outcome =
        view.create(
            new MailboxCreation(
                name, Optional.of(view.mailboxId(parent)), Optional.empty(), 0, true));
    return outcome instanceof CreateOutcome.NotCreated<Mailbox> refused
        ? Optional.of(refused.error())
        : Optional.empty();
  }

  /** The name of each Mailbox with that of its parent. */
  private static Map<String, String> parents(AccountView view) {
    Map<Id, Mailbox> byId =
        view.mailboxes().stream().collect(Collectors.toMap(Mailbox::id, Function.identity()));
    Map<String, String> parents = new TreeMap<>();
    byId.values()
        .forEach(
            mailbox ->
                parents.put(
                    mailbox.name(),
                    mailbox.parentId().map(byId::get).map(Mailbox::name).orElse("")));
    return parents;
  }
}
