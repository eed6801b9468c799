package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The roles of Mailbox: read, changes, write. */
public interface MailboxContract extends MailContract {

  @Test
  default void thereIsAnInbox() {
    JsonNode inbox = client().get("Mailbox", client().mailboxOfRole("inbox"), "role", "parentId");
    assertThat(inbox.get("role").stringValue()).isEqualTo("inbox");
    assertThat(inbox.get("parentId").isNull()).isTrue();
  }

  @Test
  default void aMailboxIsCreatedRenamedMovedAndDestroyedUnderOneId() {
    Replay replay = Replay.from(client(), "Mailbox");
    String parent = client().createMailbox("Parent");
    String child = client().createMailbox("Child", parent);
    String other = client().createMailbox("Other");
    update(child, "{'name':'Renamed','parentId':'" + other + "'}");
    JsonNode renamed = client().get("Mailbox", child, "name", "parentId");
    assertThat(renamed.get("name").stringValue()).isEqualTo("Renamed");
    assertThat(renamed.get("parentId").stringValue()).isEqualTo(other);
    update(child, "{'parentId':null}");
    assertThat(client().get("Mailbox", child, "parentId").get("parentId").isNull()).isTrue();
    replay.verify();
    destroy(child, parent, other);
    replay.verify();
  }

  @Test
  default void aParentKeepsItsChildrenWhenItIsRenamed() {
    String parent = client().createMailbox("Before");
    String child = client().createMailbox("Child", parent);
    String grandchild = client().createMailbox("Grandchild", child);
    update(parent, "{'name':'After'}");
    assertThat(parentOf(child)).isEqualTo(parent);
    assertThat(parentOf(grandchild)).isEqualTo(child);
  }

  @Test
  default void aNameThatIsUsedAgainGetsANewId() {
    String first = client().createMailbox("Again");
    destroy(first);
    String second = client().createMailbox("Again");
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  default void namesMayHoldAnythingButControlCharacters() {
    for (String name : List.of("Entwürfe & Co", "日本語", "a.b", "100% \uD83D\uDE00", "~peter*")) {
      String id = client().createMailbox(name);
      assertThat(client().get("Mailbox", id, "name").get("name").stringValue()).isEqualTo(name);
    }
  }

  @Test
  default void siblingsDifferInName() {
    String first = client().createMailbox("Same");
    JsonNode error = refusedCreation("{'name':'Same'}");
    assertThat(error.get("type").stringValue()).isEqualTo("alreadyExists");
    assertThat(error.get("existingId").stringValue()).isEqualTo(first);
    client().createMailbox("Same", first);
  }

  @Test
  default void aMailboxWithChildrenOrEmailsIsNotDestroyed() {
    String parent = client().createMailbox("Parent");
    String child = client().createMailbox("Child", parent);
    String email = client().importMessage(Message.about("lunch"), child);
    assertThat(refusedDestruction(parent, true)).isEqualTo("mailboxHasChild");
    assertThat(refusedDestruction(child, false)).isEqualTo("mailboxHasEmail");
    assertThat(client().query("Email", "{}")).containsExactly(email);
  }

  @Test
  default void destroyingAMailboxWithItsEmailsSparesThoseInOtherMailboxes() {
    String inbox = client().mailboxOfRole("inbox");
    String doomed = client().createMailbox("Doomed");
    String alone = client().importMessage(Message.about("alone"), doomed);
    String shared = client().importMessage(Message.about("shared"), doomed, inbox);
    Replay emails = Replay.from(client(), "Email");
    JsonNode response =
        client().call("Mailbox/set", "{'destroy':['" + doomed + "'],'onDestroyRemoveEmails':true}");
    assertThat(MailClient.strings(response.get("destroyed"))).containsExactly(doomed);
    assertThat(client().query("Email", "{}")).containsExactly(shared).doesNotContain(alone);
    JsonNode left = client().get("Email", shared, "mailboxIds").get("mailboxIds");
    assertThat(List.copyOf(left.propertyNames())).containsExactly(inbox);
    emails.verify();
  }

  @Test
  default void parentAndChildGoTogetherWhateverTheOrder() {
    String parent = client().createMailbox("Parent");
    String child = client().createMailbox("Child", parent);
    destroy(parent, child);
    assertThat(client().query("Mailbox", "{}")).doesNotContain(parent, child);
  }

  @Test
  default void theInboxIsNotDestroyed() {
    assertThat(refusedDestruction(client().mailboxOfRole("inbox"), true)).isEqualTo("forbidden");
  }

  @Test
  default void aMailboxDoesNotBecomeItsOwnAncestor() {
    String parent = client().createMailbox("Parent");
    String child = client().createMailbox("Child", parent);
    assertThat(refusedUpdate(parent, "{'parentId':'" + child + "'}").get("type").stringValue())
        .isEqualTo("invalidProperties");
    assertThat(refusedUpdate(parent, "{'parentId':'" + parent + "'}").get("type").stringValue())
        .isEqualTo("invalidProperties");
  }

  @Test
  default void aParentMustExist() {
    JsonNode error = refusedCreation("{'name':'Orphan','parentId':'nothing'}");
    assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
    assertThat(MailClient.strings(error.get("properties"))).containsExactly("parentId");
  }

  @Test
  default void sortOrderAndSubscriptionAreRemembered() {
    String id = client().createMailbox("Sorted");
    update(id, "{'sortOrder':99,'isSubscribed':false}");
    JsonNode mailbox = client().get("Mailbox", id, "sortOrder", "isSubscribed");
    assertThat(mailbox.get("sortOrder").asLong()).isEqualTo(99);
    assertThat(mailbox.get("isSubscribed").booleanValue()).isFalse();
    update(id, "{'isSubscribed':true}");
    assertThat(client().get("Mailbox", id, "isSubscribed").get("isSubscribed").booleanValue())
        .isTrue();
  }

  @Test
  default void countsAloneAreToldAsUpdatedProperties() {
    String id = client().createMailbox("Counted");
    String state = client().state("Mailbox");
    String email = client().importMessage(Message.about("counting"), id);
    JsonNode changes = client().call("Mailbox/changes", "{'sinceState':'" + state + "'}");
    assertThat(MailClient.strings(changes.get("updated"))).containsExactly(id);
    assertThat(MailClient.strings(changes.get("updatedProperties")))
        .isSubsetOf("totalEmails", "unreadEmails", "totalThreads", "unreadThreads")
        .contains("totalEmails", "unreadEmails");
    update(id, "{'name':'Recounted'}");
    JsonNode more = client().call("Mailbox/changes", "{'sinceState':'" + state + "'}");
    assertThat(more.get("updatedProperties").isNull()).isTrue();
    assertThat(email).isNotEmpty();
  }

  @Test
  default void unreadEmailsAreThoseNeitherSeenNorDraft() {
    String id = client().createMailbox("Unread");
    client().importMessage(Message.about("one"), id);
    client().importMessage(Message.about("two").keywords("$seen"), id);
    client().importMessage(Message.about("three").keywords("$draft"), id);
    JsonNode mailbox = client().get("Mailbox", id, "totalEmails", "unreadEmails");
    assertThat(mailbox.get("totalEmails").asLong()).isEqualTo(3);
    assertThat(mailbox.get("unreadEmails").asLong()).isEqualTo(1);
  }

  @Test
  default void anUnreadReplyElsewhereMakesTheThreadUnreadHere() {
    String here = client().createMailbox("Here");
    String elsewhere = client().createMailbox("Elsewhere");
    Message first = Message.about("unread replies").keywords("$seen");
    client().importMessage(first, here);
    client().importMessage(first.reply(), elsewhere);
    JsonNode mailbox = client().get("Mailbox", here, "unreadEmails", "unreadThreads");
    assertThat(mailbox.get("unreadEmails").asLong()).isZero();
    assertThat(mailbox.get("unreadThreads").asLong()).isEqualTo(1);
  }

  @Test
  default void treeQueriesFollowMovesOfWholeBranches() {
    String one = client().createMailbox("One");
    String two = client().createMailbox("Two");
    String branch = client().createMailbox("Branch", one);
    client().createMailbox("Leaf", branch);
    QueryReplay replay =
        QueryReplay.from(client(), "Mailbox", "'sort':[{'property':'name'}],'sortAsTree':true");
    update(branch, "{'parentId':'" + two + "'}");
    replay.verify();
    update(one, "{'name':'Zone'}");
    replay.verify();
  }

  /** RFC 8620 section 5.3: what is valid at the end is allowed. */
  @Test
  default void mailboxesExchangeNamesInOneCall() {
    String first = client().createMailbox("First");
    String second = client().createMailbox("Second");
    String third = client().createMailbox("Third");
    Replay replay = Replay.from(client(), "Mailbox");
    updateAll(
        "'"
            + first
            + "':{'name':'Second'},'"
            + second
            + "':{'name':'Third'},'"
            + third
            + "':{'name':'First'}");
    assertThat(List.of(nameOf(first), nameOf(second), nameOf(third)))
        .containsExactly("Second", "Third", "First");
    replay.verify();
    updateAll("'" + first + "':{'name':'Third'},'" + second + "':{'name':'Fourth'}");
    assertThat(List.of(nameOf(first), nameOf(second))).containsExactly("Third", "Fourth");
    replay.verify();
  }

  @Test
  default void aRoleGoesFromOneMailboxToAnotherInOneCall() {
    String from = client().createMailbox("From");
    String to = client().createMailbox("To");
    update(from, "{'role':'memos'}");
    updateAll("'" + to + "':{'role':'memos'},'" + from + "':{'role':null}");
    assertThat(client().mailboxOfRole("memos")).isEqualTo(to);
    update(from, "{'role':'snoozed'}");
    updateAll("'" + to + "':{'role':'snoozed'},'" + from + "':{'role':'memos'}");
    assertThat(client().mailboxOfRole("memos")).isEqualTo(from);
    assertThat(client().mailboxOfRole("snoozed")).isEqualTo(to);
  }

  @Test
  default void parentAndChildChangePlacesInOneCall() {
    String parent = client().createMailbox("Parent");
    String child = client().createMailbox("Child", parent);
    updateAll("'" + parent + "':{'parentId':'" + child + "'},'" + child + "':{'parentId':null}");
    assertThat(parentOf(parent)).isEqualTo(child);
    assertThat(client().get("Mailbox", child, "parentId").get("parentId").isNull()).isTrue();
  }

  /** Otherwise each is accepted or refused as it finds the account. */
  @Test
  default void whereNotAllUpdatesCanBeTheFirstOnesAre() {
    String first = client().createMailbox("First");
    String second = client().createMailbox("Second");
    JsonNode response =
        client()
            .call(
                "Mailbox/set",
                "{'update':{'" + first + "':{'name':'X'},'" + second + "':{'name':'X'}}}");
    assertThat(response.get("updated").propertyNames()).containsExactly(first);
    JsonNode refused = response.get("notUpdated").get(second);
    assertThat(refused.get("type").stringValue()).isEqualTo("alreadyExists");
    assertThat(refused.get("existingId").stringValue()).isEqualTo(first);
    assertThat(nameOf(second)).isEqualTo("Second");
  }

  private void updateAll(String updates) {
    JsonNode response = client().call("Mailbox/set", "{'update':{" + updates + "}}");
    assertThat(response.get("notUpdated").isNull()).as(response.toString()).isTrue();
  }

  private String nameOf(String id) {
    return client().get("Mailbox", id, "name").get("name").stringValue();
  }

  private void update(String id, String patch) {
    JsonNode response = client().call("Mailbox/set", "{'update':{'" + id + "':" + patch + "}}");
    assertThat(response.path("updated").has(id)).as(response.toString()).isTrue();
  }

  private JsonNode refusedUpdate(String id, String patch) {
    JsonNode response = client().call("Mailbox/set", "{'update':{'" + id + "':" + patch + "}}");
    assertThat(response.path("notUpdated").has(id)).as(response.toString()).isTrue();
    return response.get("notUpdated").get(id);
  }

  private JsonNode refusedCreation(String mailbox) {
    JsonNode response = client().call("Mailbox/set", "{'create':{'k':" + mailbox + "}}");
    assertThat(response.path("notCreated").has("k")).as(response.toString()).isTrue();
    return response.get("notCreated").get("k");
  }

  private void destroy(String... ids) {
    JsonNode response =
        client().call("Mailbox/set", "{'destroy':['" + String.join("','", ids) + "']}");
    assertThat(MailClient.strings(response.get("destroyed")))
        .as(response.toString())
        .containsExactlyInAnyOrder(ids);
  }

  private String refusedDestruction(String id, boolean removeEmails) {
    JsonNode response =
        client()
            .call(
                "Mailbox/set",
                "{'destroy':['" + id + "'],'onDestroyRemoveEmails':" + removeEmails + "}");
    assertThat(response.path("notDestroyed").has(id)).as(response.toString()).isTrue();
    return response.get("notDestroyed").get(id).get("type").stringValue();
  }

  private String parentOf(String id) {
    return client().get("Mailbox", id, "parentId").get("parentId").stringValue();
  }
}
