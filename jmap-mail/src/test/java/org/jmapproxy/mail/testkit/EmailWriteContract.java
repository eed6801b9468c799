package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The role of Email that writes. */
public interface EmailWriteContract extends MailContract {

  @Test
  default void keywordsArePatchedAndReplaced() {
    String id = client().importMessage(Message.about("flags"), client().mailboxOfRole("inbox"));
    update(id, "{'keywords/$Flagged':true,'keywords/label':true}");
    assertThat(keywords(id)).containsExactlyInAnyOrder("$flagged", "label");
    update(id, "{'keywords/LABEL':null,'keywords/never-there':null}");
    assertThat(keywords(id)).containsExactlyInAnyOrder("$flagged");
    update(id, "{'keywords':{'$seen':true,'$answered':true}}");
    assertThat(keywords(id)).containsExactlyInAnyOrder("$seen", "$answered");
    update(id, "{'keywords':{}}");
    assertThat(keywords(id)).isEmpty();
  }

  @Test
  default void anEmailKeepsItsIdWhileItMoves() {
    String inbox = client().mailboxOfRole("inbox");
    String one = client().createMailbox("One");
    String two = client().createMailbox("Two");
    String id = client().importMessage(Message.about("moving").keywords("$seen"), inbox);
    Replay replay = Replay.from(client(), "Email");
    update(id, "{'mailboxIds':{'" + one + "':true}}");
    assertThat(mailboxes(id)).containsExactly(one);
    update(id, "{'mailboxIds/" + two + "':true}");
    assertThat(mailboxes(id)).containsExactlyInAnyOrder(one, two);
    update(id, "{'mailboxIds/" + one + "':null}");
    assertThat(mailboxes(id)).containsExactly(two);
    assertThat(keywords(id)).containsExactly("$seen");
    assertThat(client().query("Email", "{'filter':{'inMailbox':'" + inbox + "'}}")).isEmpty();
    replay.verify();
  }

  @Test
  default void anEmailNeedsAMailboxThatExists() {
    String inbox = client().mailboxOfRole("inbox");
    String id = client().importMessage(Message.about("staying"), inbox);
    for (String patch :
        List.of(
            "{'mailboxIds':{}}",
            "{'mailboxIds':null}",
            "{'mailboxIds/" + inbox + "':null}",
            "{'mailboxIds':{'nothing':true}}",
            "{'mailboxIds/nothing':true}")) {
      assertThat(refusedUpdate(id, patch)).as(patch).isEqualTo("invalidProperties");
    }
    assertThat(mailboxes(id)).containsExactly(inbox);
  }

  @Test
  default void aDestroyedEmailIsGoneFromAllMailboxes() {
    String inbox = client().mailboxOfRole("inbox");
    String other = client().createMailbox("Other");
    String id = client().importMessage(Message.about("doomed"), inbox, other);
    String spared = client().importMessage(Message.about("spared"), inbox);
    Replay replay = Replay.from(client(), "Email");
    JsonNode response = client().call("Email/set", "{'destroy':['" + id + "','nothing']}");
    assertThat(MailClient.strings(response.get("destroyed"))).containsExactly(id);
    assertThat(response.get("notDestroyed").get("nothing").get("type").stringValue())
        .isEqualTo("notFound");
    assertThat(client().query("Email", "{}")).containsExactly(spared);
    replay.verify();
  }

  @Test
  default void writingDoesNotMoveStatesTwice() {
    String id = client().importMessage(Message.about("echo"), client().mailboxOfRole("inbox"));
    JsonNode response =
        client().call("Email/set", "{'update':{'" + id + "':{'keywords/$seen':true}}}");
    assertThat(client().state("Email")).isEqualTo(response.get("newState").stringValue());
  }

  /** RFC 8620 section 5.2, for the states that section 5.3 answers with. */
  @Test
  default void whatOneCallDidIsExactlyWhatChangesTell() {
    String inbox = client().mailboxOfRole("inbox");
    String untouched = client().importMessage(Message.about("untouched"), inbox);
    String marked = client().importMessage(Message.about("marked"), inbox);
    String doomed = client().importMessage(Message.about("doomed"), inbox);
    String mailboxes = client().state("Mailbox");
    JsonNode response =
        client()
            .call(
                "Email/set",
                "{'create':{'k':{'mailboxIds':{'"
                    + inbox
                    + "':true},'subject':'new'}},'update':{'"
                    + marked
                    + "':{'keywords/$flagged':true}},'destroy':['"
                    + doomed
                    + "']}");
    String made = MailClient.createdId(response);
    JsonNode changes =
        client()
            .call(
                "Email/changes", "{'sinceState':'" + response.get("oldState").stringValue() + "'}");
    assertThat(MailClient.strings(changes.get("created"))).containsExactly(made);
    assertThat(MailClient.strings(changes.get("updated"))).containsExactly(marked);
    assertThat(MailClient.strings(changes.get("destroyed"))).containsExactly(doomed);
    assertThat(changes.get("newState")).isEqualTo(response.get("newState"));
    assertThat(client().state("Email")).isEqualTo(response.get("newState").stringValue());
    JsonNode counted = client().call("Mailbox/changes", "{'sinceState':'" + mailboxes + "'}");
    assertThat(MailClient.strings(counted.get("updated"))).containsExactly(inbox);
    assertThat(counted.get("created").size() + counted.get("destroyed").size()).isZero();
    assertThat(client().query("Email", "{}")).containsExactlyInAnyOrder(untouched, marked, made);
  }

  @Test
  default void aCreatedEmailIsInItsThreadAndMailboxAtOnce() {
    String mailbox = client().createMailbox("Drafts to be");
    Replay emails = Replay.from(client(), "Email");
    Replay threads = Replay.from(client(), "Thread");
    JsonNode response =
        client()
            .call(
                "Email/set",
                "{'create':{'k':{'mailboxIds':{'"
                    + mailbox
                    + "':true},'keywords':{'$draft':true},'subject':'Grüße',"
                    + "'from':[{'name':'Jane','email':'jane@example.com'}],"
                    + "'bodyStructure':{'type':'text/plain','partId':'1'},"
                    + "'bodyValues':{'1':{'value':'Zwölf Boxkämpfer'}}}}}");
    String id = MailClient.createdId(response);
    assertThat(response.get("created").get("k").get("size").asLong()).isPositive();
    assertThat(client().query("Email", "{'filter':{'inMailbox':'" + mailbox + "'}}"))
        .containsExactly(id);
    JsonNode email =
        client()
            .call(
                "Email/get",
                "{'ids':['"
                    + id
                    + "'],'properties':['subject','keywords','preview','bodyValues'],"
                    + "'fetchTextBodyValues':true}")
            .get("list")
            .get(0);
    assertThat(email.get("subject").stringValue()).isEqualTo("Grüße");
    assertThat(email.get("keywords").propertyNames()).containsExactly("$draft");
    assertThat(email.get("preview").stringValue()).isEqualTo("Zwölf Boxkämpfer");
    assertThat(email.get("bodyValues").get("1").get("value").stringValue())
        .startsWith("Zwölf Boxkämpfer");
    emails.verify();
    threads.verify();
  }

  @Test
  default void anImportTellsWhatItMade() {
    String inbox = client().mailboxOfRole("inbox");
    String state = client().state("Email");
    Message message = Message.about("import");
    String blobId =
        client().upload("message/rfc822", message.text().getBytes(StandardCharsets.UTF_8));
    JsonNode response =
        client()
            .call(
                "Email/import",
                "{'ifInState':'"
                    + state
                    + "','emails':{'k':{'blobId':'"
                    + blobId
                    + "','mailboxIds':{'"
                    + inbox
                    + "':true}}}}");
    JsonNode created = response.get("created").get("k");
    assertThat(created.get("size").asLong()).isEqualTo(message.text().length());
    assertThat(created.get("threadId").isString()).isTrue();
    assertThat(created.get("blobId").isString()).isTrue();
    assertThat(response.get("oldState").stringValue()).isEqualTo(state);
    assertThat(response.get("newState").stringValue())
        .isNotEqualTo(state)
        .isEqualTo(client().state("Email"));
  }

  private void update(String id, String patch) {
    JsonNode response = client().call("Email/set", "{'update':{'" + id + "':" + patch + "}}");
    assertThat(response.path("updated").has(id)).as(response.toString()).isTrue();
  }

  private String refusedUpdate(String id, String patch) {
    JsonNode response = client().call("Email/set", "{'update':{'" + id + "':" + patch + "}}");
    assertThat(response.path("notUpdated").has(id)).as(response.toString()).isTrue();
    return response.get("notUpdated").get(id).get("type").stringValue();
  }

  private List<String> keywords(String id) {
    return List.copyOf(client().get("Email", id, "keywords").get("keywords").propertyNames());
  }

  private List<String> mailboxes(String id) {
    return List.copyOf(client().get("Email", id, "mailboxIds").get("mailboxIds").propertyNames());
  }
}
