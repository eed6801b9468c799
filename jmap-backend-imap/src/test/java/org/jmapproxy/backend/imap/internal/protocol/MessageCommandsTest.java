package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private FetchedMessage fetchOne(long uid) {
    List<FetchedMessage> messages = new ArrayList<>();
    connection.messages().fetch(UidSet.of(uid), EVERYTHING, messages::add);
    return messages.get(0);
  }
}
