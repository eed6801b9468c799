package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The methods of Email in JSON (RFC 8621 section 4). */
class EmailOnTheWireTest {

  private final MailClient client = new MailClient(new MemoryMail("jane").account());
  private final String inbox = client.mailboxOfRole("inbox");

  @Test
  void withoutPropertiesTheDefaultsOfTheRfcAreReturned() {
    String id = client.importMessage(Message.about("defaults"), inbox);
    JsonNode email = client.call("Email/get", "{'ids':['" + id + "']}").get("list").get(0);
    assertThat(Set.copyOf(email.propertyNames()))
        .isEqualTo(
            Set.of(
                "id",
                "blobId",
                "threadId",
                "mailboxIds",
                "keywords",
                "size",
                "receivedAt",
                "messageId",
                "inReplyTo",
                "references",
                "sender",
                "from",
                "to",
                "cc",
                "bcc",
                "replyTo",
                "subject",
                "sentAt",
                "hasAttachment",
                "preview",
                "bodyValues",
                "textBody",
                "htmlBody",
                "attachments"));
    assertThat(email.get("bodyValues")).isEqualTo(json("{}"));
    assertThat(email.get("textBody").get(0).propertyNames())
        .containsExactlyInAnyOrder(
            "partId",
            "blobId",
            "size",
            "name",
            "type",
            "charset",
            "disposition",
            "cid",
            "language",
            "location");
  }

  @Test
  void theKeyOfAHeaderPropertyIsAsItWasAsked() {
    String id = client.importMessage(Message.about("keys"), inbox);
    JsonNode email =
        client.get("Email", id, "header:SUBJECT", "header:subject:asText", "header:X-None:all");
    assertThat(email.get("header:SUBJECT").stringValue()).isEqualTo(" keys");
    assertThat(email.get("header:subject:asText").stringValue()).isEqualTo("keys");
    assertThat(email.get("header:X-None:all")).isEqualTo(json("[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ids':['x'],'properties':['header:From:asDate']}",
        "{'ids':['x'],'properties':['header:Date:asText']}",
        "{'ids':['x'],'properties':['header:']}",
        "{'ids':['x'],'properties':['header:X:asNothing']}",
        "{'ids':['x'],'properties':['nonsense']}",
        "{'ids':['x'],'bodyProperties':['nonsense']}",
        "{'ids':['x'],'bodyProperties':['header:From:asDate']}",
        "{'ids':['x'],'maxBodyValueBytes':-1}",
        "{'ids':['x'],'maxBodyValueBytes':'1'}",
        "{'ids':['x'],'fetchTextBodyValues':'yes'}",
        "{'ids':['x'],'fetchAllValues':true}",
        "{'ids':null}"
      })
  void argumentsThatMakeNoSenseAreInvalid(String arguments) {
    assertThat(client.error("Email/get", arguments).get("type").stringValue())
        .isEqualTo("invalidArguments");
  }

  @Test
  void bodyValuesAreThoseThatWereAskedForAndNoLonger() {
    Message message =
        Message.about("values")
            .with("Content-Type", "multipart/alternative; boundary=b")
            .saying(
                "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nZwölf Boxkämpfer\r\n"
                    + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p><b class=\"x\">Ja</b></p>\r\n--b--\r\n");
    String id = client.importMessage(message, inbox);
    assertThat(values(id, "'fetchTextBodyValues':true").propertyNames()).containsExactly("1");
    assertThat(values(id, "'fetchHTMLBodyValues':true").propertyNames()).containsExactly("2");
    assertThat(values(id, "'fetchAllBodyValues':true").propertyNames()).containsExactly("1", "2");
    assertThat(values(id, "'fetchTextBodyValues':true,'maxBodyValueBytes':4").get("1"))
        .isEqualTo(json("{'value':'Zwö','isEncodingProblem':false,'isTruncated':true}"));
    assertThat(values(id, "'fetchTextBodyValues':true,'maxBodyValueBytes':3").get("1"))
        .isEqualTo(json("{'value':'Zw','isEncodingProblem':false,'isTruncated':true}"));
    assertThat(values(id, "'fetchHTMLBodyValues':true,'maxBodyValueBytes':10").get("2"))
        .isEqualTo(json("{'value':'<p>','isEncodingProblem':false,'isTruncated':true}"));
    assertThat(values(id, "'fetchTextBodyValues':true").get("1"))
        .isEqualTo(
            json("{'value':'Zwölf Boxkämpfer','isEncodingProblem':false,'isTruncated':false}"));
  }

  @Test
  void headersOfEveryPartCanBeAskedFor() {
    Message message =
        Message.about("part headers")
            .with("Content-Type", "multipart/mixed; boundary=b")
            .saying(
                "--b\r\nContent-Type: text/plain\r\nX-Part: one\r\n\r\nText\r\n"
                    + "--b\r\nContent-Type: multipart/mixed; boundary=c\r\nX-Part: two\r\n\r\n"
                    + "--c\r\nX-Part: deep\r\n\r\nText\r\n--c--\r\n--b--\r\n");
    String id = client.importMessage(message, inbox);
    JsonNode structure =
        client
            .call(
                "Email/get",
                "{'ids':['"
                    + id
                    + "'],'properties':['bodyStructure'],'bodyProperties':['subParts','headers','header:x-part:asText']}")
            .get("list")
            .get(0)
            .get("bodyStructure");
    JsonNode parts = structure.get("subParts");
    assertThat(structure.get("headers").get(0).get("name").stringValue()).isEqualTo("From");
    assertThat(parts.get(0).get("header:x-part:asText").stringValue()).isEqualTo("one");
    assertThat(parts.get(1).get("header:x-part:asText").stringValue()).isEqualTo("two");
    assertThat(parts.get(1).get("subParts").get(0).get("headers"))
        .isEqualTo(json("[{'name':'X-Part','value':' deep'}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'keywords':{'a b':true}}|keywords",
        "{'keywords/a(b':true}|keywords",
        "{'keywords':{'':true}}|keywords",
        "{'keywords':{'ü':true}}|keywords",
        "{'keywords':{'a':false}}|keywords",
        "{'keywords/a':false}|keywords",
        "{'keywords':['a']}|keywords",
        "{'mailboxIds':{}}|mailboxIds",
        "{'subject':'other'}|subject",
        "{'receivedAt':'2001-01-01T00:00:00Z'}|receivedAt",
        "{'size':1}|size",
        "{'header:Subject':' other'}|header:Subject"
      })
  void updatesThatNoEmailTakesAreRefused(String patch, String property) {
    String id = client.importMessage(Message.about("stays"), inbox);
    JsonNode response = client.call("Email/set", "{'update':{'" + id + "':" + patch + "}}");
    JsonNode error = response.get("notUpdated").get(id);
    assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
    assertThat(MailClient.strings(error.get("properties"))).containsExactly(property);
  }

  @Test
  void tooManyKeywordsAreRefused() {
    String id = client.importMessage(Message.about("labels"), inbox);
    StringBuilder keywords = new StringBuilder("'k':true");
    for (int i = 0; i < EmailRules.MAX_KEYWORDS; i++) {
      keywords.append(",'k").append(i).append("':true");
    }
    JsonNode response =
        client.call("Email/set", "{'update':{'" + id + "':{'keywords':{" + keywords + "}}}}");
    assertThat(response.get("notUpdated").get(id).get("type").stringValue())
        .isEqualTo("tooManyKeywords");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|invalidProperties",
        "{'mailboxIds':{'INBOX':true}}|invalidProperties",
        "{'blobId':'BLOB'}|invalidProperties",
        "{'blobId':'BLOB','mailboxIds':{}}|invalidProperties",
        "{'blobId':'BLOB','mailboxIds':{'nothing':true}}|invalidProperties",
        "{'blobId':'BLOB','mailboxIds':{'INBOX':false}}|invalidProperties",
        "{'blobId':'nothing','mailboxIds':{'INBOX':true}}|invalidProperties",
        "{'blobId':'no id!','mailboxIds':{'INBOX':true}}|invalidProperties",
        "{'blobId':'BLOB','mailboxIds':{'INBOX':true},'keywords':{'a b':true}}|invalidProperties",
        "{'blobId':'BLOB','mailboxIds':{'INBOX':true},'receivedAt':'today'}|invalidProperties",
        "{'blobId':'BLOB','mailboxIds':{'INBOX':true},'subject':'x'}|invalidProperties",
        "{'blobId':'TEXT','mailboxIds':{'INBOX':true}}|invalidEmail"
      })
  void importsThatMakeNoSenseAreRefused(String email, String type) {
    String blob =
        client.upload(
            "message/rfc822", Message.about("x").text().getBytes(StandardCharsets.US_ASCII));
    String text =
        client.upload(
            "text/plain", "This is no message.\r\nAt all.".getBytes(StandardCharsets.US_ASCII));
    String sent = email.replace("INBOX", inbox).replace("BLOB", blob).replace("TEXT", text);
    JsonNode response = client.call("Email/import", "{'emails':{'k':" + sent + "}}");
    assertThat(response.get("created").isNull()).isTrue();
    assertThat(response.get("notCreated").get("k").get("type").stringValue()).isEqualTo(type);
    assertThat(response.get("newState")).isEqualTo(response.get("oldState"));
  }

  @Test
  void importsAreDatedByTheLastReceivedField() {
    String received = "by mx.example.com; Tue, 5 Mar 2024 08:09:10 +0200";
    Message message = Message.about("dated");
    String text =
        "Received: "
            + received
            + "\r\nReceived: by old; Mon, 4 Mar 2024 00:00:00 +0000\r\n"
            + message.text();
    String blob = client.upload("message/rfc822", text.getBytes(StandardCharsets.US_ASCII));
    String id = importBlob(blob, "");
    assertThat(client.get("Email", id, "receivedAt").get("receivedAt").stringValue())
        .isEqualTo("2024-03-05T06:09:10Z");
    String other = importBlob(blob, ",'receivedAt':'2025-06-01T10:20:30.123Z'");
    assertThat(client.get("Email", other, "receivedAt").get("receivedAt").stringValue())
        .isEqualTo("2025-06-01T10:20:30Z");
  }

  @Test
  void importsAndLaterCallsUnderstandCreationIds() {
    String blob =
        client.upload(
            "message/rfc822", Message.about("x").text().getBytes(StandardCharsets.US_ASCII));
    JsonNode responses =
        client.request(
            "[['Mailbox/set',{'create':{'mb':{'name':'New'}}},'0'],"
                + "['Email/import',{'emails':{'em':{'blobId':'"
                + blob
                + "','mailboxIds':{'#mb':true}}}},'1'],"
                + "['Email/set',{'update':{'#em':{'keywords/$seen':true}}},'2']]");
    assertThat(responses.get(2).get(1).get("updated").size()).isEqualTo(1);
  }

  @Test
  void anImportInAnotherStateIsRefused() {
    assertThat(
            client
                .error("Email/import", "{'ifInState':'other','emails':{}}")
                .get("type")
                .stringValue())
        .isEqualTo("stateMismatch");
    assertThat(client.error("Email/import", "{}").get("type").stringValue())
        .isEqualTo("invalidArguments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'filter':{'inMailbox':7}}",
        "{'filter':{'before':'2024-01-01'}}",
        "{'filter':{'before':'2024-01-01T00:00:00+01:00'}}",
        "{'filter':{'minSize':-1}}",
        "{'filter':{'header':[]}}",
        "{'filter':{'header':['a','b','c']}}",
        "{'filter':{'hasAttachment':'yes'}}",
        "{'sort':[{'property':'hasKeyword'}]}",
        "{'sort':[{'property':'receivedAt','keyword':'$seen'}]}",
        "{'collapseThreads':'yes'}"
      })
  void queriesThatMakeNoSenseAreInvalid(String arguments) {
    assertThat(client.error("Email/query", arguments).get("type").stringValue())
        .isEqualTo("invalidArguments");
  }

  @Test
  void textIsSearchedByWordsAndPhrases() {
    String id =
        client.importMessage(
            Message.about("Project Alpha").saying("The \"quoted\" status of things\r\n"), inbox);
    client.importMessage(Message.about("Beta"), inbox);
    for (String text :
        List.of(
            "alpha project",
            "\\u0022project alpha\\u0022",
            "status things",
            "\\u0022status of\\u0022 anna",
            "\\u0027of things\\u0027")) {
      assertThat(client.query("Email", "{'filter':{'text':'" + text + "'}}"))
          .as(text)
          .containsExactly(id);
    }
    assertThat(client.query("Email", "{'filter':{'text':'\\u0022alpha project\\u0022'}}"))
        .isEmpty();
    assertThat(client.query("Email", "{'filter':{'body':'project'}}")).isEmpty();
  }

  @Test
  void theRfcsExampleOfAThreadedInboxWorks() {
    Message first = Message.about("example");
    client.importMessage(first, inbox);
    client.importMessage(first.reply(), inbox);
    JsonNode responses =
        client.request(
            "[['Email/query',{'filter':{'inMailbox':'"
                + inbox
                + "'},'sort':[{'isAscending':false,'property':'receivedAt'}],"
                + "'collapseThreads':true,'position':0,'limit':30,'calculateTotal':true},'0'],"
                + "['Email/get',{'#ids':{'resultOf':'0','name':'Email/query','path':'/ids'},'properties':['threadId']},'1'],"
                + "['Thread/get',{'#ids':{'resultOf':'1','name':'Email/get','path':'/list/*/threadId'}},'2'],"
                + "['Email/get',{'#ids':{'resultOf':'2','name':'Thread/get','path':'/list/*/emailIds'},"
                + "'properties':['threadId','mailboxIds','keywords','hasAttachment','from','subject','receivedAt','size','preview']},'3']]");
    assertThat(responses.get(0).get(1).get("total").asLong()).isEqualTo(1);
    assertThat(responses.get(3).get(1).get("list").size()).isEqualTo(2);
  }

  private String importBlob(String blobId, String more) {
    return MailClient.createdId(
        client.call(
            "Email/import",
            "{'emails':{'k':{'blobId':'"
                + blobId
                + "','mailboxIds':{'"
                + inbox
                + "':true}"
                + more
                + "}}}"));
  }

  private JsonNode values(String id, String arguments) {
    return client
        .call("Email/get", "{'ids':['" + id + "'],'properties':['bodyValues']," + arguments + "}")
        .get("list")
        .get(0)
        .get("bodyValues");
  }
}
