package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An account on Cyrus keeps the contracts of the mail roles. */
class CyrusMailContractsTest extends MailContractsKept {
  @RegisterExtension static final CyrusServer CYRUS = CyrusServer.standard();

  CyrusMailContractsTest() {
    super(CYRUS);
  }

  /** Cyrus refuses a name with a percent sign; the account says so. */
  @Test
  @Override
  public void namesMayHoldAnythingButControlCharacters() {
    for (String name : List.of("Entwürfe & Co", "日本語", "a.b", "100 \uD83D\uDE00", "~peter*")) {
      String id = client().createMailbox(name);
      assertThat(client().get("Mailbox", id, "name").get("name").stringValue()).isEqualTo(name);
    }
    JsonNode refused = client().call("Mailbox/set", "{'create':{'k':{'name':'100 %'}}}");
    assertThat(refused.get("notCreated").get("k").get("type").stringValue())
        .isEqualTo("invalidProperties");
  }
}
