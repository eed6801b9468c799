package org.jmapproxy.backend.imap.internal.protocol.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Cyrus, which reads malformed messages in its own way, numbers the parts as we do wherever it
 * agrees with Dovecot.
 */
class CyrusStructureTest {
  @RegisterExtension static final CyrusServer cyrus = CyrusServer.standard();

  /** Cyrus does not take them at all. */
  private static final Set<String> REFUSED =
      Set.of(
          "bare-cr",
          "cr-cr-lf-ends-header",
          "line-breaks-before-boundary",
          "mixed-line-breaks",
          "no-header",
          "nul",
          "space-before-colon");

  /** Dovecot and we look for the parts, or for the type, elsewhere than Cyrus does. */
  private static final Set<String> READ_DIFFERENTLY =
      Set.of(
          "attached-message-unclosed",
          "boundary-too-long",
          "boundary-with-parentheses",
          "boundary-with-something-behind",
          "boundary-with-spaces-unquoted",
          "boundary-with-specials-unquoted",
          "content-fields-twice",
          "empty-boundary",
          "ends-in-boundary",
          "inner-multipart-unclosed",
          "parameter-without-value",
          "same-boundary-nested",
          "second-content-type-is-multipart",
          "two-content-types",
          "two-semicolons",
          "two-slashes-in-type");

  @Test
  void partsOfOddMessagesAreNumberedAlikeUnlessTheyAreMalformed() {
    Set<String> refused = new TreeSet<>();
    Set<String> different = new TreeSet<>();
    try (ImapConnection connection = cyrus.connect("structures")) {
      connection.select("INBOX");
      for (String name : OddMessages.names()) {
        try {
          if (!ComparedStructure.of(connection, OddMessages.message(name)).agrees()) {
            different.add(name);
          }
        } catch (ImapRefusedException e) {
          refused.add(name);
        }
      }
    }
    assertThat(refused).isEqualTo(REFUSED);
    assertThat(different).isEqualTo(READ_DIFFERENTLY);
  }
}
