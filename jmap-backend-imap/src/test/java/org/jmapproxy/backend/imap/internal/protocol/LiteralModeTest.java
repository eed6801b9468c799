package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literals wait for consent where the server says so, and only there (RFC 7888). */
class LiteralModeTest {

  @ParameterizedTest
  @CsvSource({
    "IMAP4rev1,          10,      true",
    "IMAP4rev1 LITERAL-, 4096,    false",
    "IMAP4rev1 LITERAL-, 4097,    true",
    "IMAP4rev1 LITERAL+, 4097,    false",
    "IMAP4rev1 LITERAL+, 2000000, true",
  })
  void aLiteralWaitsOnlyWhereItMust(String capabilities, int size, boolean waits) {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering(capabilities).on("APPEND .*", "$ OK done\r\n").start();
        ImapConnection connection = server.connect()) {
      connection
          .messages()
          .append(
              "INBOX", List.of(), Optional.empty(), size, new ByteArrayInputStream(new byte[size]));
      assertThat(server.consents()).isEqualTo(waits ? 1 : 0);
    }
  }
}
