package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.MailScene;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.mailbox.MailboxUpdate;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server offers, the same happens to the same mail, and clients see the same. */
class CapabilitiesTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  static final List<String> EVERYTHING =
      List.of(
          "QRESYNC",
          "CONDSTORE",
          "NOTIFY",
          "IDLE",
          "LIST-STATUS",
          "LIST-EXTENDED",
          "SPECIAL-USE",
          "MOVE",
          "UIDPLUS",
          "MULTIAPPEND",
          "LITERAL+",
          "ESEARCH",
          " ID ",
          "ENABLE",
          "NAMESPACE",
          "UNSELECT",
          "PREVIEW",
          "COMPRESS=DEFLATE",
          "SASL-IR",
          "AUTH=PLAIN",
          "BINARY",
          "QUOTA",
          "X-GUID");

  private static String plain = "";

  /** One capability less at a time, and those that need it; and none at all missing. */
  static Stream<List<String>> hidden() {
    return Stream.concat(
        Stream.of(List.of(), List.of("QRESYNC", "CONDSTORE"), List.of("AUTH=PLAIN", "SASL-IR")),
        EVERYTHING.stream().filter(word -> !word.equals("CONDSTORE")).map(List::of));
  }

  @BeforeAll
  static void seeWhatPlainImapShows() {
    plain = shownWithout(dovecot, EVERYTHING);
    assertThat(plain).contains("Archive", "INBOX", "$flagged", "import-2");
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void aServerWithoutItHasTheSameMail(List<String> words) {
    assertThat(shownWithout(dovecot, words)).isEqualTo(plain);
  }

  /** What clients see in the end, on a server without these words. */
  static String shownWithout(RealServer server, List<String> words) {
    try (MailScene scene = new MailScene(server, words.toArray(String[]::new))) {
      prepare(scene);
      scene.sync();
      othersChangeMail(scene);
      scene.sync();
      clientsChangeMail(scene.view());
      String written = shown(scene.view());
      scene.sync();
      assertThat(shown(scene.view())).isEqualTo(written);
      return written;
    }
  }

  private static void prepare(MailScene scene) {
    for (String mailbox : List.of("Archive", "Trash")) {
      if (scene.other().mailboxes().list().stream().noneMatch(m -> m.name().equals(mailbox))) {
        scene.create(mailbox);
      }
    }
    scene.create("Größe & Co");
    scene.create("Old");
    scene.create("Doomed");
    scene.append("INBOX", "a", "Plans");
    scene.append("INBOX", "b", "Re: Plans", "a");
    scene.append("INBOX", "c", "Other");
    scene.append("INBOX", "d", "To be deleted");
    scene.append("Archive", "e", "Kept");
    scene.append("Archive", "f", "Re: Kept", "e");
    scene.append("Old", "g", "Old news");
    scene.append("Größe & Co", "h", "Grüße");
  }

  private static void othersChangeMail(MailScene scene) {
    scene.append("INBOX", "i", "Re: Re: Plans", "a", "b");
    scene.append("Archive", "j", "Fresh in the archive");
    scene.other().select("Archive");
    scene.other().messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Flagged", "$work"));
    scene.move("INBOX", UidSet.of(3), "Archive");
    scene.other().select("INBOX");
    scene.expunge(UidSet.of(4));
    scene.other().unselect();
    scene.other().mailboxes().rename("Old", "New");
    scene.other().mailboxes().delete("Doomed");
    scene.create("Fresh");
  }

  private static void clientsChangeMail(AccountView view) {
    Map<String, Id> ids = ids(view);
    Id archive = view.mailboxId("Archive");
    Id trash = view.mailboxId("Trash");
    Map<String, NewEmail> imports = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      imports.put("k" + i, message("import-" + i, Set.of(view.mailboxId("Größe & Co"))));
    }
    imports.put("both", message("import-both", Set.of(view.mailboxId("INBOX"), archive)));
    assertThat(
            view.roles()
                .find(EmailType.TYPE.writeRole())
                .orElseThrow()
                .create(view.context(), imports, Arguments.none())
                .values())
        .hasSize(4)
        .allMatch(CreateOutcome.Created.class::isInstance);
    assertUpdated(
        view.keywords(
            List.of(ids.get("a"), ids.get("e")), SetChange.patch(Set.of("$seen"), Set.of())));
    assertUpdated(view.move(List.of(ids.get("b")), SetChange.replace(Set.of(archive))));
    assertUpdated(view.move(List.of(ids.get("f")), SetChange.patch(Set.of(trash), Set.of())));
    assertThat(view.destroy(Set.of(ids.get("j"))).values())
        .allMatch(DestroyOutcome.Destroyed.class::isInstance);
    Mailbox parent = created(view, "Parent", Optional.empty());
    Mailbox child = created(view, "Kind & Kegel", Optional.of(parent.id()));
    assertThat(
            view.roles()
                .find(MailboxType.TYPE.writeRole())
                .orElseThrow()
                .update(
                    view.context(),
                    Map.of(child.id(), renamed(child.id(), "Straße")),
                    Arguments.none())
                .values())
        .allMatch(UpdateOutcome.Updated.class::isInstance);
    assertUpdated(view.move(List.of(ids.get("h")), SetChange.replace(Set.of(child.id()))));
    assertThat(view.destroyMailbox(view.mailboxId("Fresh"), Arguments.none()))
        .isInstanceOf(DestroyOutcome.Destroyed.class);
  }

  private static void assertUpdated(Map<Id, UpdateOutcome<Email>> outcomes) {
    assertThat(outcomes.values()).allMatch(UpdateOutcome.Updated.class::isInstance);
  }

  private static NewEmail message(String name, Set<Id> mailboxIds) {
    String text =
        "From: ann@example.org\nMessage-ID: <%s@example.org>\nSubject: %s\n\nText of %s\n"
            .formatted(name, name, name);
    return new NewEmail(
        new MemoryBlob("message/rfc822", text.getBytes(StandardCharsets.UTF_8)),
        mailboxIds,
        Set.of("$draft"),
        Optional.of(Instant.parse("2026-04-01T10:00:00Z")));
  }

  private static Mailbox created(AccountView view, String name, Optional<Id> parentId) {
    CreateOutcome<Mailbox> outcome =
        view.create(new MailboxCreation(name, parentId, Optional.empty(), 0, true));
    assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
    return ((CreateOutcome.Created<Mailbox>) outcome).object();
  }

  private static MailboxUpdate renamed(Id id, String name) {
    return new MailboxUpdate(
        id,
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static Map<String, Id> ids(AccountView view) {
    Map<String, Id> ids = new HashMap<>();
    for (Mailbox mailbox : view.mailboxes()) {
      view.emails(view.emailIds(mailbox.name())).forEach(email -> ids.put(name(email), email.id()));
    }
    return ids;
  }

  private static String name(Email email) {
    return email
        .headers()
        .flatMap(headers -> headers.messageIds("Message-ID"))
        .flatMap(found -> found.stream().findFirst())
        .orElse("?")
        .replace("@example.org", "");
  }

  /** Everything that clients see, without ids. */
  private static String shown(AccountView view) {
    Map<Id, Mailbox> byId = new HashMap<>();
    view.mailboxes().forEach(mailbox -> byId.put(mailbox.id(), mailbox));
    Map<Id, Email> emails = new HashMap<>();
    Map<Id, Set<String>> threads = new HashMap<>();
    for (Mailbox mailbox : byId.values()) {
      for (Email email : view.emails(view.emailIds(mailbox.name()))) {
        emails.put(email.id(), email);
        threads.computeIfAbsent(email.threadId(), id -> new TreeSet<>()).add(name(email));
      }
    }
    Set<String> lines = new TreeSet<>();
    byId.values().forEach(mailbox -> lines.add(line(mailbox, byId)));
    emails.values().forEach(email -> lines.add(line(email, byId, threads)));
    return String.join("\n", lines);
  }

  private static String line(Mailbox mailbox, Map<Id, Mailbox> byId) {
    return "%s role %s: %d emails, %d unread; %d threads, %d unread; %s %s"
        .formatted(
            path(mailbox, byId),
            mailbox.role(),
            mailbox.totalEmails(),
            mailbox.unreadEmails(),
            mailbox.totalThreads(),
            mailbox.unreadThreads(),
            mailbox.myRights(),
            mailbox.isSubscribed());
  }

  private static String line(Email email, Map<Id, Mailbox> byId, Map<Id, Set<String>> threads) {
    Set<String> paths = new TreeSet<>();
    email.mailboxIds().stream()
        .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
        .forEach(mailbox -> paths.add(mailbox.name()));
    return "%s in %s %s %d %s %s %s with %s"
        .formatted(
            name(email),
            paths,
            new TreeSet<>(email.keywords()),
            email.size(),
            email.receivedAt(),
            email.preview(),
            email.hasAttachment(),
            threads.get(email.threadId()));
  }

  private static String path(Mailbox mailbox, Map<Id, Mailbox> byId) {
    return mailbox
            .parentId()
            .flatMap(id -> Optional.ofNullable(byId.get(id)))
            .map(parent -> path(parent, byId) + "/")
            .orElse("")
        + mailbox.name();
  }
}
