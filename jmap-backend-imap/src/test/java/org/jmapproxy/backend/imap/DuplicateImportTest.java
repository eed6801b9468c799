package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** RFC 8621 section 4.8 on a server that gives equal messages one EMAILID. */
class DuplicateImportTest {
  private static final String MESSAGE =
      "Subject: once\r\nMessage-ID: <once@example.org>\r\n\r\ntext\r\n";

  @RegisterExtension static final CyrusServer CYRUS = CyrusServer.standard();

  @Test
  void importingWhatIsThereNamesTheEmailAndLeavesNoSecondMessage() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(CYRUS, "twice")) {
      account.sync(Duration.ofSeconds(60));
      MailClient client = new MailClient(Account.of(Id.of("twice"), "twice", account.roles()));
      String inbox = client.mailboxOfRole("inbox");
      String blob = client.upload("message/rfc822", MESSAGE.getBytes(StandardCharsets.US_ASCII));
      String email =
          "{'emails':{'e':{'blobId':'" + blob + "','mailboxIds':{'" + inbox + "':true}}}}";

      JsonNode first = client.call("Email/import", email);
      JsonNode second = client.call("Email/import", email);

      JsonNode refused = second.get("notCreated").get("e");
      assertThat(refused.get("type").stringValue()).isEqualTo("alreadyExists");
      assertThat(refused.get("existingId")).isEqualTo(first.get("created").get("e").get("id"));
      account.sync(Duration.ofSeconds(60));
      assertThat(new AccountView(account, "twice").emailIds("INBOX")).hasSize(1);
    }
  }
}
