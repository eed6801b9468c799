package org.jmapproxy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the session says of mail (RFC 8621 section 1.3.1). */
class MailCapabilityTest {

  private static final String URN = "urn:ietf:params:jmap:mail";

  @Test
  void anAccountWithMailSaysWhatItCan() {
    JsonNode session = session(new MemoryMail("jane").account());
    assertThat(session.get("capabilities").get(URN)).isEqualTo(MailClient.json("{}"));
    JsonNode mail = session.get("accounts").get("jane").get("accountCapabilities").get(URN);
    assertThat(mail)
        .isEqualTo(
            MailClient.json(
                "{'maxMailboxesPerEmail':null,'maxMailboxDepth':100,'maxSizeMailboxName':255,"
                    + "'maxSizeAttachmentsPerEmail':50000000,'emailQuerySortOptions':["
                    + "'allInThreadHaveKeyword','from','hasKeyword','receivedAt','sentAt','size',"
                    + "'someInThreadHaveKeyword','subject','to'],'mayCreateTopLevelMailbox':true}"));
    assertThat(session.get("primaryAccounts").get(URN).stringValue()).isEqualTo("jane");
  }

  @Test
  void anAccountWithoutMailDoesNotHaveTheCapability() {
    JsonNode session = session(Account.of(Id.of("other"), "other", Roles.builder().build()));
    assertThat(session.get("accounts").get("other").get("accountCapabilities").has(URN)).isFalse();
  }

  private static JsonNode session(Account account) {
    JmapServer server =
        JmapServer.builder()
            .module(new MailModule())
            .accounts(principal -> List.of(account))
            .build();
    return JsonMapper.shared()
        .readTree(
            server
                .session(Principal.of("jane"), SessionUrls.below("https://jmap.example.com"))
                .body());
  }
}
