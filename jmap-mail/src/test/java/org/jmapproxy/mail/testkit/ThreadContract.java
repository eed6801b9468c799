package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The roles of Thread: read, changes, lookup. */
public interface ThreadContract extends MailContract {

  @Test
  default void repliesJoinTheThreadOverMailboxesOldestFirst() {
    String inbox = client().mailboxOfRole("inbox");
    String other = client().createMailbox("Other");
    Message first = Message.about("a meeting");
    String reply = client().importMessage(first.reply(), other);
    String start = client().importMessage(first, inbox);
    String again = client().importMessage(first.reply().reply(), inbox);
    assertThat(emailIds(threadOf(again))).containsExactly(start, reply, again);
  }

  @Test
  default void anEmailWithoutRelationsIsAThreadOfItsOwn() {
    String inbox = client().mailboxOfRole("inbox");
    String one = client().importMessage(Message.about("one thing"), inbox);
    client().importMessage(Message.about("another thing"), inbox);
    assertThat(emailIds(threadOf(one))).containsExactly(one);
  }

  @Test
  default void aThreadIsCreatedUpdatedAndDestroyedWithItsEmails() {
    String inbox = client().mailboxOfRole("inbox");
    Replay replay = Replay.from(client(), "Thread");
    Message first = Message.about("life and death");
    String empty = client().state("Thread");
    String start = client().importMessage(first, inbox);
    String thread = threadOf(start);
    assertThat(MailClient.strings(changes(empty).get("created"))).containsExactly(thread);
    replay.verify();
    String one = client().state("Thread");
    String reply = client().importMessage(first.reply(), inbox);
    assertThat(MailClient.strings(changes(one).get("updated"))).containsExactly(thread);
    String two = client().state("Thread");
    client().call("Email/set", "{'destroy':['" + start + "','" + reply + "']}");
    assertThat(MailClient.strings(changes(two).get("destroyed"))).containsExactly(thread);
    replay.verify();
  }

  @Test
  default void unknownThreadsAreNotFound() {
    JsonNode response = client().call("Thread/get", "{'ids':['nothing']}");
    assertThat(MailClient.strings(response.get("notFound"))).containsExactly("nothing");
    assertThat(response.get("list").size()).isZero();
  }

  private String threadOf(String emailId) {
    return client().get("Email", emailId, "threadId").get("threadId").stringValue();
  }

  private java.util.List<String> emailIds(String threadId) {
    return MailClient.strings(client().get("Thread", threadId, "emailIds").get("emailIds"));
  }

  private JsonNode changes(String since) {
    return client().call("Thread/changes", "{'sinceState':'" + since + "'}");
  }
}
