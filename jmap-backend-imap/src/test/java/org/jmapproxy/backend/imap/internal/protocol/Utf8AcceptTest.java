package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.Test;

/** A server that was asked to speak UTF-8 (RFC 6855) is spoken to and understood in UTF-8. */
class Utf8AcceptTest {

  @Test
  void namesAreNoLongerEncoded() {
    try (ScriptedImapServer server = server();
        ImapConnection connection = server.connect()) {
      assertThat(connection.enable("UTF8=ACCEPT")).containsExactly("UTF8=ACCEPT");
      List<ListedMailbox> listed = connection.mailboxes().list();
      assertThat(listed).extracting(ListedMailbox::name).containsExactly("Größe &- Co", "A&AOk-B");

      connection.mailboxes().create("Größe &- Co");
      connection.mailboxes().create("A&AOk-B");
      assertThat(server.received()).contains("CREATE Größe &- Co", "CREATE \"A&AOk-B\"");
    }
  }

  @Test
  void namesAreEncodedWhileTheServerWasNotAsked() {
    try (ScriptedImapServer server = server();
        ImapConnection connection = server.connect()) {
      connection.mailboxes().create("Größe & Co");
      assertThat(server.received()).contains("CREATE \"Gr&APYA3w-e &- Co\"");
    }
  }

  @Test
  void searchesNameNoCharset() {
    try (ScriptedImapServer server = server();
        ImapConnection connection = server.connect()) {
      connection.enable("UTF8=ACCEPT");
      connection.messages().search(SearchCriteria.all().text("Grüße"));
      assertThat(server.received()).contains("UID SEARCH TEXT Grüße");
    }
  }

  @Test
  void onlyAMessageWithARawHeaderIsSentAsUtf8() {
    try (ScriptedImapServer server = server();
        ImapConnection connection = server.connect()) {
      connection.enable("UTF8=ACCEPT");
      append(connection, "Subject: Grüße\r\n\r\nx\r\n");
      append(connection, "Subject: plain\r\n\r\nGrüße\r\n");
      assertThat(server.received())
          .contains(
              "APPEND \"INBOX\" (\\Seen) UTF8 (~Subject: Grüße\r\n\r\nx\r\n)",
              "APPEND \"INBOX\" (\\Seen) Subject: plain\r\n\r\nGrüße\r\n");
    }
  }

  private static void append(ImapConnection connection, String message) {
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    connection
        .messages()
        .append(
            "INBOX",
            Set.of("\\Seen"),
            Optional.empty(),
            octets.length,
            new ByteArrayInputStream(octets));
  }

  private static ScriptedImapServer server() {
    String listed = "* LIST () \"/\" \"Größe &- Co\"\r\n* LIST () \"/\" \"A&AOk-B\"\r\n";
    String wire = new String(listed.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return ScriptedImapServer.offering("IMAP4rev1 ENABLE UTF8=ACCEPT LITERAL+")
        .on("ENABLE .*", "* ENABLED UTF8=ACCEPT\r\n$ OK done\r\n")
        .on("LIST .*", wire + "$ OK done\r\n")
        .on("LSUB .*", "$ OK done\r\n")
        .on("CREATE .*", "$ OK done\r\n")
        .on("UID SEARCH .*", "* SEARCH\r\n$ OK done\r\n")
        .on("APPEND .*", "$ OK done\r\n")
        .start();
  }
}
