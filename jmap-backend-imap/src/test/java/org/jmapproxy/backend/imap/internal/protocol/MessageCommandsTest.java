package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.BodyStructure;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.SampleMessages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The message commands against a real Dovecot. */
class MessageCommandsTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  private static final FetchRequest EVERYTHING =
      FetchRequest.builder()
          .flags()
          .internalDate()
          .size()
          .modSeq()
          .bodyStructure()
          .header()
          .guid()
          .build();

  private String user = "";
  private ImapConnection connection;

  @BeforeEach
  void connect(TestInfo test) {
    user = test.getTestMethod().orElseThrow().getName();
    connection = dovecot.connect(user);
  }

  @AfterEach
  void logout() {
    connection.logout();
  }

  @Test
  void fetchGivesAllItemsOfEachMessage() {
    dovecot.seed(user, "INBOX", 5);
    SelectedMailbox inbox = connection.select("INBOX");
    assertThat(inbox.exists()).isEqualTo(5);
    assertThat(inbox.uidNext()).hasValue(6);
    assertThat(inbox.highestModSeq()).isPresent();
    List<FetchedMessage> messages = new ArrayList<>();
    UidSet received = connection.messages().fetch(UidSet.from(1), EVERYTHING, messages::add);

    assertThat(received).hasToString("1:5");
    FetchedMessage fifth = messages.get(4);
    byte[] sent = SampleMessages.message("INBOX", 5);
    assertThat(fifth.uid()).isEqualTo(5);
    assertThat(fifth.flags()).hasValue(Set.of());
    assertThat(fifth.size()).hasValue(sent.length);
    assertThat(fifth.internalDate()).hasValue(SampleMessages.receivedAt(5));
    assertThat(fifth.modSeq()).isPresent();
    assertThat(fifth.guid()).isPresent();
    assertThat(fifth.broken()).isEmpty();
    String header = new String(fifth.header().orElseThrow(), StandardCharsets.UTF_8);
    assertThat(new String(sent, StandardCharsets.UTF_8)).startsWith(header);
    BodyStructure structure = fifth.bodyStructure().orElseThrow();
    assertThat(structure.mediaType()).isEqualTo("multipart/mixed");
    assertThat(structure.parts()).extracting(BodyStructure::section).containsExactly("1", "2");
    assertThat(structure.parts().get(1).dispositionParameters())
        .containsEntry("filename", "report-5.pdf");
  }

  @Test
  void aMessageSurvivesAppendAndDownloadByteByByte() {
    byte[] message = new byte[3_000_000];
    byte[] header = "Subject: big\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) (i % 80 == 78 ? '\r' : i % 80 == 79 ? '\n' : 'a' + i % 26);
    }
    System.arraycopy(header, 0, message, 0, header.length);
    Instant date = Instant.parse("2020-02-29T12:34:56Z");
    AppendedUid where =
        connection
            .messages()
            .append(
                "INBOX",
                Set.of("\\Seen", "$Important"),
                Optional.of(date),
                message.length,
                new ByteArrayInputStream(message))
            .orElseThrow();

    connection.select("INBOX");
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    assertThat(connection.messages().download(where.uid(), "", -1, Long.MAX_VALUE, read))
        .hasValue(message.length);
    assertThat(read.toByteArray()).isEqualTo(message);
    FetchedMessage fetched = fetchOne(where.uid());
    assertThat(fetched.flags()).hasValue(Set.of("\\Seen", "$Important"));
    assertThat(fetched.internalDate()).hasValue(date);
  }

  @Test
  void aSectionThatIsNotThereIsNoBody() {
    dovecot.seed(user, "INBOX", 1);
    connection.select("INBOX");
    OutputStream nowhere = OutputStream.nullOutputStream();
    assertThat(connection.messages().download(99, "", -1, Long.MAX_VALUE, nowhere)).isEmpty();
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    assertThat(connection.messages().download(1, "TEXT", -1, 4, start)).hasValue(4);
    assertThat(start.toString(StandardCharsets.UTF_8)).isEqualTo("Text");
  }

  @Test
  void storeAddsRemovesAndReplacesFlags() {
    dovecot.seed(user, "INBOX", 3);
    connection.select("INBOX");
    MessageCommands messages = connection.messages();
    UidSet two = UidSet.range(1, 2);
    messages.store(two, StoreMode.ADD, Set.of("\\Seen", "\\Flagged"));
    messages.store(two, StoreMode.REMOVE, Set.of("\\Seen"));
    assertThat(fetchOne(1).flags()).hasValue(Set.of("\\Flagged"));
    messages.store(two, StoreMode.REPLACE, Set.of("$work"));
    assertThat(fetchOne(2).flags()).hasValue(Set.of("$work"));
    assertThat(fetchOne(3).flags()).hasValue(Set.of());
  }

  @Test
  void aConditionalStoreLeavesWhatChangedMeanwhile() {
    dovecot.seed(user, "INBOX", 2);
    long seen = connection.select("INBOX").highestModSeq().orElseThrow();
    try (ImapConnection other = dovecot.connect(user)) {
      other.select("INBOX");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Seen"));
    }
    StoreResult result =
        connection.messages().store(UidSet.range(1, 2), StoreMode.ADD, Set.of("\\Flagged"), seen);
    assertThat(result.modified()).hasToString("1");
    assertThat(result.updates()).anyMatch(m -> m.uid() == 2 && m.modSeq().isPresent());
    assertThat(fetchOne(1).flags()).hasValue(Set.of("\\Seen"));
    assertThat(fetchOne(2).flags()).hasValue(Set.of("\\Flagged"));
  }

  @Test
  void copyAndMoveTellWhereMessagesWent() {
    dovecot.seed(user, "INBOX", 3);
    connection.mailboxes().create("Target");
    connection.select("INBOX");
    CopiedUids copied = connection.messages().copy(UidSet.range(1, 2), "Target").orElseThrow();
    assertThat(copied.destinations()).containsEntry(1L, 1L).containsEntry(2L, 2L);
    CopiedUids moved = connection.messages().move(UidSet.of(3), "Target").orElseThrow();
    assertThat(moved.destinations()).containsEntry(3L, 3L);
    assertThat(moved.uidValidity()).isEqualTo(copied.uidValidity());
    assertThat(connection.messages().search(SearchCriteria.all())).hasToString("1:2");
    assertThatExceptionOfType(ImapRefusedException.class)
        .isThrownBy(() -> connection.messages().copy(UidSet.of(1), "Nowhere"))
        .matches(e -> e.code().is("TRYCREATE"));
  }

  @Test
  void expungeOfUidsSparesOtherDeletedMessages() {
    dovecot.seed(user, "INBOX", 3);
    connection.select("INBOX");
    connection.messages().store(UidSet.range(1, 2), StoreMode.ADD, Set.of("\\Deleted"));
    connection.messages().expunge(UidSet.range(2, 3));
    assertThat(connection.messages().search(SearchCriteria.all())).hasToString("1,3");
    connection.messages().expungeAll();
    assertThat(connection.messages().search(SearchCriteria.all())).hasToString("3");
  }

  @Test
  void searchFindsByHeaderTextDateAndMark() {
    dovecot.seed(user, "INBOX", 12);
    connection.select("INBOX");
    connection.messages().store(UidSet.of(3), StoreMode.ADD, Set.of("\\Deleted", "\\Seen"));
    assertThat(search(SearchCriteria.all().header("Message-ID", "<INBOX.7@example.org>")))
        .hasToString("7");
    assertThat(search(SearchCriteria.all().body("message 13, grüße"))).hasToString("");
    assertThat(search(SearchCriteria.all().body("message 11, grüße"))).hasToString("11");
    assertThat(search(SearchCriteria.all().deleted(true))).hasToString("3");
    assertThat(
            search(
                SearchCriteria.all().not(SearchCriteria.all().seen(true)).uids(UidSet.range(2, 4))))
        .hasToString("2,4");
    assertThat(
            search(
                SearchCriteria.all()
                    .or(
                        SearchCriteria.all().uids(UidSet.of(1)),
                        SearchCriteria.all().uids(UidSet.of(9)))))
        .hasToString("1,9");
    assertThat(search(SearchCriteria.all().since(LocalDate.of(2024, 1, 2))))
        .isEqualTo(UidSet.EMPTY);
  }

  @Test
  void anotherClientsChangesReachTheListener() {
    dovecot.seed(user, "INBOX", 3);
    connection.enable("QRESYNC");
    connection.select("INBOX");
    List<String> heard = new ArrayList<>();
    connection.listener(recording(heard));
    try (ImapConnection other = dovecot.connect(user)) {
      other.select("INBOX");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Seen"));
      other.messages().store(UidSet.of(2), StoreMode.ADD, Set.of("\\Deleted"));
      other.messages().expunge(UidSet.of(2));
    }
    connection.noop();
    assertThat(heard).contains("changed 1 [\\Seen]", "vanished 2");
  }

  @Test
  void quickResyncTellsOnlyDifferences() {
    dovecot.seed(user, "INBOX", 4);
    connection.enable("QRESYNC");
    SelectedMailbox before = connection.select("INBOX");
    try (ImapConnection other = dovecot.connect(user)) {
      other.select("INBOX");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Seen"));
      other.messages().store(UidSet.of(3), StoreMode.ADD, Set.of("\\Deleted"));
      other.messages().expunge(UidSet.of(3));
    }
    try (ImapConnection again = dovecot.connect(user)) {
      again.enable("QRESYNC");
      List<String> heard = new ArrayList<>();
      again.listener(recording(heard));
      QuickResync known =
          new QuickResync(
              before.uidValidity(), before.highestModSeq().orElseThrow(), UidSet.range(1, 4));
      again.select("INBOX", known);
      assertThat(heard).contains("vanished 3", "changed 1 [\\Seen]");
      assertThat(heard).noneMatch(line -> line.startsWith("changed 4"));

      List<Long> changed = new ArrayList<>();
      FetchRequest since =
          FetchRequest.builder().flags().changedSince(known.modSeq()).vanished().build();
      again.messages().fetch(UidSet.from(1), since, message -> changed.add(message.uid()));
      assertThat(changed).containsExactly(1L);
    }
  }

  @Test
  void previewBytesOfSeveralSectionsComeTogether() {
    dovecot.seed(user, "INBOX", 3);
    connection.select("INBOX");
    List<FetchedMessage> messages = new ArrayList<>();
    FetchRequest request =
        FetchRequest.builder().section("1", 0, 16).section("2", 0, 6).section("9", 0, 5).build();
    connection.messages().fetch(UidSet.of(3), request, messages::add);
    assertThat(messages.get(0).section("1"))
        .hasValue("Text of message ".getBytes(StandardCharsets.UTF_8));
    assertThat(messages.get(0).section("2")).hasValue("<html>".getBytes(StandardCharsets.UTF_8));
    assertThat(messages.get(0).flags()).isEmpty();
  }

  private static MailboxListener recording(List<String> heard) {
    return new MailboxListener() {
      @Override
      public void changed(FetchedMessage message) {
        heard.add("changed " + message.uid() + " " + message.flags().orElse(Set.of()));
      }

      @Override
      public void vanished(UidSet uids, boolean earlier) {
        heard.add("vanished " + uids);
      }
    };
  }

  private UidSet search(SearchCriteria criteria) {
    return connection.messages().search(criteria);
  }

  private FetchedMessage fetchOne(long uid) {
    List<FetchedMessage> messages = new ArrayList<>();
    connection.messages().fetch(UidSet.of(uid), EVERYTHING, messages::add);
    return messages.get(0);
  }
}
