package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What holds of every account at every moment. */
final class MailInvariants {

  private final MailClient client;

  MailInvariants(MailClient client) {
    this.client = client;
  }

  void verify() {
    statesMoveOnlyWithChanges();
    countsAgreeWithQueries();
    threadsAndEmailsAgree();
  }

  private void statesMoveOnlyWithChanges() {
    for (String type : List.of("Mailbox", "Thread", "Email")) {
      String state = client.state(type);
      JsonNode changes = client.call(type + "/changes", "{'sinceState':'" + state + "'}");
      assertThat(changes.get("newState").stringValue()).as(type).isEqualTo(state);
      assertThat(changes.get("created").size()).as(type).isZero();
      assertThat(changes.get("updated").size()).as(type).isZero();
      assertThat(changes.get("destroyed").size()).as(type).isZero();
    }
  }

  private void countsAgreeWithQueries() {
    for (JsonNode mailbox : client.call("Mailbox/get", "{'ids':null}").get("list")) {
      String filter = "'filter':{'inMailbox':'" + mailbox.get("id").stringValue() + "'}";
      String unread =
          "'filter':{'operator':'AND','conditions':[{'inMailbox':'"
              + mailbox.get("id").stringValue()
              + "'},{'notKeyword':'$seen'},{'notKeyword':'$draft'}]}";
      String name = mailbox.toString();
      assertThat(mailbox.get("totalEmails").asLong()).as(name).isEqualTo(total(filter));
      assertThat(mailbox.get("unreadEmails").asLong()).as(name).isEqualTo(total(unread));
      assertThat(mailbox.get("totalThreads").asLong())
          .as(name)
          .isEqualTo(total(filter + ",'collapseThreads':true"));
    }
  }

  private long total(String arguments) {
    return client
        .call("Email/query", "{" + arguments + ",'calculateTotal':true}")
        .get("total")
        .asLong();
  }

  private void threadsAndEmailsAgree() {
    List<String> all = client.query("Email", "{}");
    for (String id : all) {
      String threadId = client.get("Email", id, "threadId").get("threadId").stringValue();
      assertThat(MailClient.strings(client.get("Thread", threadId, "emailIds").get("emailIds")))
          .contains(id)
          .isSubsetOf(all);
    }
  }
}
