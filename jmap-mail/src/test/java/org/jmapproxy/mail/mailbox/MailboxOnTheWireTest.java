package org.jmapproxy.mail.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.util.List;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The methods of Mailbox in JSON (RFC 8621 section 2). */
class MailboxOnTheWireTest {

  private final MailClient client = new MailClient(new MemoryMail("jane").account());
  private final String inbox = client.mailboxOfRole("inbox");

  @Test
  void aMailboxHasAllItsProperties() {
    JsonNode list = client.call("Mailbox/get", "{'ids':null}").get("list");
    assertThat(list)
        .isEqualTo(
            json(
                "[{'id':'"
                    + inbox
                    + "','name':'Inbox','parentId':null,'role':'inbox','sortOrder':0,"
                    + "'totalEmails':0,'unreadEmails':0,'totalThreads':0,'unreadThreads':0,"
                    + "'myRights':{'mayReadItems':true,'mayAddItems':true,'mayRemoveItems':true,"
                    + "'maySetSeen':true,'maySetKeywords':true,'mayCreateChild':true,"
                    + "'mayRename':true,'mayDelete':true,'maySubmit':true},'isSubscribed':true}]"));
  }

  @Test
  void aCreationAnswersWithWhatTheClientLeftOut() {
    JsonNode created =
        client.call("Mailbox/set", "{'create':{'k':{'name':'New'}}}").get("created").get("k");
    assertThat(created.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "parentId",
            "role",
            "sortOrder",
            "totalEmails",
            "unreadEmails",
            "totalThreads",
            "unreadThreads",
            "myRights",
            "isSubscribed");
    assertThat(created.get("role").isNull()).isTrue();
  }

  @Test
  void parentAndChildCanBeCreatedInOneCall() {
    JsonNode created =
        client
            .call(
                "Mailbox/set",
                "{'create':{'c':{'name':'Child','parentId':'#p'},'p':{'name':'Parent'}}}")
            .get("created");
    assertThat(client.get("Mailbox", created.get("c").get("id").stringValue(), "parentId"))
        .isEqualTo(
            json(
                "{'id':"
                    + created.get("c").get("id")
                    + ",'parentId':"
                    + created.get("p").get("id")
                    + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|name",
        "{'name':''}|name",
        "{'name':'  '}|name",
        "{'name':null}|name",
        "{'name':7}|name",
        "{'name':'a\\u0000b'}|name",
        "{'name':'a\\nb'}|name",
        "{'name':'a\\u0085b'}|name",
        "{'name':'x','parentId':'nothing'}|parentId",
        "{'name':'x','parentId':'#nothing'}|parentId",
        "{'name':'x','parentId':7}|parentId",
        "{'name':'x','role':'Archive'}|role",
        "{'name':'x','role':'boss'}|role",
        "{'name':'x','role':'inbox'}|role",
        "{'name':'x','sortOrder':-1}|sortOrder",
        "{'name':'x','sortOrder':2147483648}|sortOrder",
        "{'name':'x','sortOrder':'1'}|sortOrder",
        "{'name':'x','isSubscribed':'yes'}|isSubscribed",
        "{'name':'x','totalEmails':1}|totalEmails",
        "{'name':'x','id':'mine'}|id",
        "{'name':'x','colour':'red'}|colour"
      })
  void whatNoMailboxMayBeIsRefused(String mailbox, String property) {
    JsonNode error = refusal(mailbox);
    assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
    assertThat(MailClient.strings(error.get("properties"))).containsExactly(property);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':''}|name",
        "{'name':null}|name",
        "{'name':'a\\u001fb'}|name",
        "{'parentId':'nothing'}|parentId",
        "{'role':'boss'}|role",
        "{'role':'inbox'}|role",
        "{'sortOrder':2147483648}|sortOrder",
        "{'isSubscribed':'no'}|isSubscribed",
        "{'totalEmails':1}|totalEmails",
        "{'unreadThreads':1}|unreadThreads",
        "{'myRights/mayDelete':false}|myRights",
        "{'id':'other'}|id",
        "{'colour':'red'}|colour"
      })
  void whatNoMailboxMayBecomeIsRefusedAndNothingOfItDone(String patch, String property) {
    String id = client.createMailbox("As it was");
    String both = "{'sortOrder':7," + patch.substring(1);
    JsonNode response =
        client.call(
            "Mailbox/set",
            "{'update':{'" + id + "':" + (property.equals("sortOrder") ? patch : both) + "}}");
    JsonNode error = response.path("notUpdated").path(id);
    assertThat(error.path("type").asString("")).as(error.toString()).isEqualTo("invalidProperties");
    assertThat(MailClient.strings(error.get("properties")))
        .allMatch(named -> named.startsWith(property));
    assertThat(client.get("Mailbox", id, "name", "sortOrder"))
        .isEqualTo(json("{'id':'" + id + "','name':'As it was','sortOrder':0}"));
  }

  /** RFC 8620 section 5.3: a client may send back a whole object. */
  @Test
  void aWholeMailboxIsAPatchThatChangesNothing() {
    String id = client.createMailbox("Whole");
    JsonNode whole = client.call("Mailbox/get", "{'ids':['" + id + "']}").get("list").get(0);
    JsonNode response = client.call("Mailbox/set", "{'update':{'" + id + "':" + whole + "}}");
    assertThat(response.get("updated").has(id)).as(response.toString()).isTrue();
  }

  @Test
  void namesAreLimitedInOctets() {
    String longest = "ü".repeat(127) + "x";
    client.createMailbox(longest);
    assertThat(refusal("{'name':'" + longest + "y'}").get("type").stringValue())
        .isEqualTo("invalidProperties");
  }

  @Test
  void namesAreNormalisedBeforeTheyAreCompared() {
    String composed = client.createMailbox("B\u00fccher");
    assertThat(refusal("{'name':'Bu\u0308cher'}").get("existingId").stringValue())
        .isEqualTo(composed);
  }

  @Test
  void aRoleIsHadOnce() {
    JsonNode response =
        client.call("Mailbox/set", "{'create':{'k':{'name':'A','role':'archive'}}}");
    String archive = MailClient.createdId(response);
    assertThat(MailClient.strings(refusal("{'name':'B','role':'archive'}").get("properties")))
        .containsExactly("role");
    client.call("Mailbox/set", "{'update':{'" + archive + "':{'role':null}}}");
    assertThat(client.query("Mailbox", "{'filter':{'role':'archive'}}")).isEmpty();
  }

  @Test
  void filtersAreThoseOfTheRfc() {
    String work = client.createMailbox("Work");
    String homework = client.createMailbox("Homework", work);
    client.call("Mailbox/set", "{'update':{'" + homework + "':{'isSubscribed':false}}}");
    assertThat(find("{'parentId':null}")).containsExactlyInAnyOrder(inbox, work);
    assertThat(find("{'parentId':'" + work + "'}")).containsExactly(homework);
    assertThat(find("{'name':'WORK'}")).containsExactlyInAnyOrder(work, homework);
    assertThat(find("{'role':'inbox'}")).containsExactly(inbox);
    assertThat(find("{'role':null}")).containsExactlyInAnyOrder(work, homework);
    assertThat(find("{'hasAnyRole':true}")).containsExactly(inbox);
    assertThat(find("{'hasAnyRole':false}")).containsExactlyInAnyOrder(work, homework);
    assertThat(find("{'isSubscribed':false}")).containsExactly(homework);
    assertThat(find("{'name':'work','parentId':null}")).containsExactly(work);
    assertThat(find("{}")).hasSize(3);
    assertThat(find("null")).hasSize(3);
    assertThat(find("{'operator':'NOT','conditions':[{'name':'work'}]}")).containsExactly(inbox);
  }

  @Test
  void treesAreSortedLevelByLevel() {
    String b = client.createMailbox("b");
    String a = client.createMailbox("a");
    String bz = client.createMailbox("z", b);
    String ba = client.createMailbox("A", b);
    String ay = client.createMailbox("y", a);
    String bza = client.createMailbox("a", bz);
    String byName = "'sort':[{'property':'name'}]";
    assertThat(client.query("Mailbox", "{" + byName + ",'sortAsTree':true}"))
        .containsExactly(a, ay, b, ba, bz, bza, inbox);
    assertThat(
            client.query(
                "Mailbox", "{'sort':[{'property':'name','isAscending':false}],'sortAsTree':true}"))
        .containsExactly(inbox, b, bz, bza, ba, a, ay);
    assertThat(client.query("Mailbox", "{" + byName + ",'sortAsTree':true,'position':2,'limit':2}"))
        .containsExactly(b, ba);
  }

  @Test
  void treesAreFilteredFromTheTop() {
    String a = client.createMailbox("match a");
    String ab = client.createMailbox("match b", a);
    String c = client.createMailbox("other", ab);
    String d = client.createMailbox("match d", c);
    String filter = "'filter':{'name':'match'}";
    assertThat(client.query("Mailbox", "{" + filter + "}")).containsExactlyInAnyOrder(a, ab, d);
    assertThat(client.query("Mailbox", "{" + filter + ",'filterAsTree':true}"))
        .containsExactlyInAnyOrder(a, ab);
  }

  @Test
  void sortOrderComesBeforeNameWhenAskedFor() {
    client.call(
        "Mailbox/set",
        "{'create':{'x':{'name':'x','sortOrder':2},'y':{'name':'Y','sortOrder':1},'a':{'name':'a','sortOrder':2}}}");
    List<String> names =
        client.query("Mailbox", "{'sort':[{'property':'sortOrder'},{'property':'name'}]}").stream()
            .map(id -> client.get("Mailbox", id, "name").get("name").stringValue())
            .toList();
    assertThat(names).containsExactly("Inbox", "Y", "a", "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'filter':{'colour':'red'}}", "{'filter':{'totalEmails':1}}"})
  void unknownFiltersAreUnsupported(String arguments) {
    assertThat(client.error("Mailbox/query", arguments).get("type").stringValue())
        .isEqualTo("unsupportedFilter");
  }

  @Test
  void unknownSortsAreUnsupported() {
    assertThat(
            client
                .error("Mailbox/query", "{'sort':[{'property':'totalEmails'}]}")
                .get("type")
                .stringValue())
        .isEqualTo("unsupportedSort");
  }

  @Test
  void theInboxKeepsItsRole() {
    JsonNode response =
        client.call("Mailbox/set", "{'update':{'" + inbox + "':{'role':'archive'}}}");
    assertThat(response.get("notUpdated").get(inbox).get("type").stringValue())
        .isEqualTo("invalidProperties");
  }

  private List<String> find(String filter) {
    return client.query("Mailbox", "{'filter':" + filter + "}");
  }

  private JsonNode refusal(String mailbox) {
    JsonNode response = client.call("Mailbox/set", "{'create':{'k':" + mailbox + "}}");
    assertThat(response.path("notCreated").has("k")).as(response.toString()).isTrue();
    return response.get("notCreated").get("k");
  }
}
