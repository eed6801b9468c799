package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Email/set create (RFC 8621 section 4.6). */
class EmailCreationTest {

  private final MailClient client = new MailClient(new MemoryMail("jane").account());
  private final String inbox = client.mailboxOfRole("inbox");

  @Test
  void theSimplestEmailIsWhatTheClientSaid() {
    String id =
        create(
            "'from':[{'name':'Jane','email':'jane@example.com'}],'to':[{'email':'bob@example.org'}],"
                + "'subject':'Hi','keywords':{'$draft':true,'$Seen':true},"
                + "'bodyStructure':{'type':'text/plain','partId':'1'},'bodyValues':{'1':{'value':'Hello\\nyou'}}");
    JsonNode email =
        client.call(
            "Email/get",
            "{'ids':['"
                + id
                + "'],'fetchAllBodyValues':true,'properties':['from','to','subject','keywords','bodyValues','messageId','sentAt','preview']}");
    JsonNode shown = email.get("list").get(0);
    assertThat(shown.get("from")).isEqualTo(json("[{'name':'Jane','email':'jane@example.com'}]"));
    assertThat(shown.get("to")).isEqualTo(json("[{'name':null,'email':'bob@example.org'}]"));
    assertThat(shown.get("subject").stringValue()).isEqualTo("Hi");
    assertThat(shown.get("keywords")).isEqualTo(json("{'$draft':true,'$seen':true}"));
    assertThat(shown.get("bodyValues"))
        .isEqualTo(
            json("{'1':{'value':'Hello\\nyou','isEncodingProblem':false,'isTruncated':false}}"));
    assertThat(shown.get("messageId").get(0).stringValue()).endsWith("@example.com");
    assertThat(shown.get("sentAt").isString()).isTrue();
    assertThat(shown.get("preview").stringValue()).isEqualTo("Hello you");
  }

  @Test
  void theResponseShowsWhatTheServerSet() {
    JsonNode created = response("'subject':'x'").get("created").get("k");
    assertThat(created.propertyNames()).contains("id", "blobId", "threadId", "size", "keywords");
    assertThat(created.get("size").asLong()).isPositive();
  }

  @Test
  void headerFieldsComeBackInEveryForm() {
    String subject = "Grüße aus Ängelholm, ein ziemlich langer Betreff mit 日本語 und Ende ohne Sinn";
    String id =
        create(
            "'subject':'"
                + subject
                + "','sender':[{'name':'Élise, the \\u0022boss\\u0022','email':'e@example.com'}],"
                + "'to':[{'name':'Smith, John (home)','email':'john@example.com'},{'name':'Jürgen','email':'j@example.com'},{'name':null,'email':'plain@example.com'}],"
                + "'messageId':['m1@example.com'],'inReplyTo':['a@b'],'references':['a@b','c@d'],"
                + "'sentAt':'2024-05-06T07:08:09+02:00',"
                + "'header:X-Raw':' one\\r\\n two','header:X-Text:asText':'naïve','header:X-Many:asText:all':['a','b'],"
                + "'header:List-Post:asURLs':['mailto:l@example.com','https://example.com/'],"
                + "'header:Reply-To:asGroupedAddresses':[{'name':'Team','addresses':[{'name':null,'email':'t@example.com'}]},{'name':null,'addresses':[{'name':'U','email':'u@example.com'}]}]");
    JsonNode email =
        client.get(
            "Email",
            id,
            "subject",
            "sender",
            "to",
            "messageId",
            "inReplyTo",
            "references",
            "sentAt",
            "header:X-Raw",
            "header:X-Text:asText",
            "header:X-Many:asText:all",
            "header:List-Post:asURLs",
            "header:Reply-To:asGroupedAddresses");
    assertThat(email.get("subject").stringValue()).isEqualTo(subject);
    assertThat(email.get("sender").get(0).get("name").stringValue())
        .isEqualTo("Élise, the \"boss\"");
    assertThat(email.get("to"))
        .isEqualTo(
            json(
                "[{'name':'Smith, John (home)','email':'john@example.com'},{'name':'Jürgen','email':'j@example.com'},{'name':null,'email':'plain@example.com'}]"));
    assertThat(email.get("messageId")).isEqualTo(json("['m1@example.com']"));
    assertThat(email.get("references")).isEqualTo(json("['a@b','c@d']"));
    assertThat(email.get("sentAt").stringValue()).isEqualTo("2024-05-06T07:08:09+02:00");
    assertThat(email.get("header:X-Raw").stringValue()).isEqualTo(" one\r\n two");
    assertThat(email.get("header:X-Text:asText").stringValue()).isEqualTo("naïve");
    assertThat(email.get("header:X-Many:asText:all")).isEqualTo(json("['a','b']"));
    assertThat(email.get("header:List-Post:asURLs"))
        .isEqualTo(json("['mailto:l@example.com','https://example.com/']"));
    assertThat(email.get("header:Reply-To:asGroupedAddresses"))
        .isEqualTo(
            json(
                "[{'name':'Team','addresses':[{'name':null,'email':'t@example.com'}]},{'name':null,'addresses':[{'name':'U','email':'u@example.com'}]}]"));
  }

  @Test
  void textHtmlAndAttachmentsBecomeTheUsualTree() throws IOException {
    String picture = client.upload("image/png", new byte[] {1, 2, 3});
    byte[] data = new byte[100_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 7);
    }
    String report = client.upload("application/pdf", data);
    String id =
        create(
            "'textBody':[{'partId':'t'}],'htmlBody':[{'partId':'h','type':'text/html'}],"
                + "'bodyValues':{'t':{'value':'Grüße\\nan alle'},'h':{'value':'<b>Grüße</b>'}},"
                + "'attachments':[{'blobId':'"
                + picture
                + "','cid':'p@x','disposition':'inline','name':'p.png'},"
                + "{'blobId':'"
                + report
                + "','type':'application/pdf','name':'Bericht für März, der lange, sehr lange Bericht über alles.pdf'}]");
    JsonNode email =
        client
            .call(
                "Email/get",
                "{'ids':['"
                    + id
                    + "'],'bodyProperties':['type','name','subParts','blobId','cid','disposition'],'fetchTextBodyValues':true,'fetchHTMLBodyValues':true,"
                    + "'properties':['bodyStructure','hasAttachment','attachments','bodyValues','textBody','htmlBody']}")
            .get("list")
            .get(0);
    assertThat(shape(email.get("bodyStructure")))
        .isEqualTo(
            "multipart/mixed(multipart/alternative(text/plain,multipart/related(text/html,image/png)),application/pdf)");
    assertThat(email.get("hasAttachment").booleanValue()).isTrue();
    JsonNode pdf = email.get("attachments").get(1);
    assertThat(pdf.get("name").stringValue())
        .isEqualTo("Bericht für März, der lange, sehr lange Bericht über alles.pdf");
    assertThat(pdf.get("disposition").stringValue()).isEqualTo("attachment");
    assertThat(email.get("attachments").get(0).get("cid").stringValue()).isEqualTo("p@x");
    assertThat(email.get("bodyValues").findValuesAsString("value"))
        .containsExactlyInAnyOrder("Grüße\nan alle", "<b>Grüße</b>");
    assertThat(download(pdf.get("blobId").stringValue())).isEqualTo(data);
  }

  @Test
  void aStructureOfTheClientIsKept() {
    String message = "From: a@example.com\r\nSubject: inner\r\n\r\nInner text\r\n";
    String blobId = client.upload("message/rfc822", message.getBytes(StandardCharsets.UTF_8));
    String id =
        create(
            "'bodyStructure':{'type':'multipart/alternative','subParts':[{'type':'text/plain','partId':'a','language':['de','en']},"
                + "{'type':'text/html','partId':'b','header:X-Part:asText':'ä'},{'blobId':'"
                + blobId
                + "','type':'message/rfc822'}]},"
                + "'bodyValues':{'a':{'value':'one'},'b':{'value':'<p>two</p>'}}");
    JsonNode email =
        client
            .call(
                "Email/get",
                "{'ids':['"
                    + id
                    + "'],'properties':['bodyStructure'],'bodyProperties':['type','subParts','blobId','language']}")
            .get("list")
            .get(0);
    JsonNode structure = email.get("bodyStructure");
    assertThat(shape(structure))
        .isEqualTo("multipart/alternative(text/plain,text/html,message/rfc822)");
    assertThat(structure.get("subParts").get(0).get("language")).isEqualTo(json("['de','en']"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'headers':[]",
        "'from':[],'header:From:asAddresses':[]",
        "'header:X-A':' 1','header:x-a:asText':'2'",
        "'header:From:asDate':'2024-01-01T00:00:00Z'",
        "'header:Content-Type':' text/plain'",
        "'header:X-Evil':' x\\r\\nBcc: all@example.com'",
        "'header:X-Evil':' x\\nBcc: all@example.com'",
        "'messageId':['a> <b']",
        "'bodyStructure':{'type':'text/plain','partId':'1'},'textBody':[{'partId':'1'}],'bodyValues':{'1':{'value':''}}",
        "'subject':'x','bodyStructure':{'partId':'1','header:Subject':' y'},'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'partId':'1'},{'partId':'1'}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[],'bodyValues':{}",
        "'textBody':[{'partId':'1','type':'text/html'}],'bodyValues':{'1':{'value':''}}",
        "'htmlBody':[{'partId':'1','type':'text/plain'}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'partId':'1'}],'bodyValues':{}",
        "'textBody':[{'partId':'1'}]",
        "'textBody':[{'partId':'1','blobId':'U1'}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'type':'text/plain'}]",
        "'textBody':[{'partId':'1','charset':'utf-8'}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'partId':'1','size':1}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'partId':'1','headers':[]}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'partId':'1','header:Content-Transfer-Encoding':' 8bit'}],'bodyValues':{'1':{'value':''}}",
        "'textBody':[{'partId':'1'}],'bodyValues':{'1':{'value':'','isTruncated':true}}",
        "'textBody':[{'partId':'1'}],'bodyValues':{'1':{'value':'','isEncodingProblem':true}}",
        "'bodyStructure':{'type':'multipart/mixed','subParts':[]}",
        "'bodyStructure':{'type':'text/plain','partId':'1','subParts':[{'partId':'1'}]},'bodyValues':{'1':{'value':''}}",
        "'bodyStructure':{'type':'text/plain; charset=x','partId':'1'},'bodyValues':{'1':{'value':''}}",
        "'bodyStructure':{'type':'text/plain','partId':'1','cid':'a>\\r\\nX: y'},'bodyValues':{'1':{'value':''}}",
        "'keywords':{'a b':true}",
        "'keywords':{'a':false}",
        "'size':3",
        "'receivedAt':'yesterday'",
        "'nonsense':1"
      })
  void whatLeavesTheMessageInDoubtIsRefused(String properties) {
    JsonNode response = response(properties);
    assertThat(response.path("notCreated").path("k").path("type").asString(""))
        .as(response.toString())
        .isEqualTo("invalidProperties");
    assertThat(client.query("Email", "{}")).isEmpty();
  }

  @Test
  void everyMissingBlobIsNamed() {
    JsonNode error =
        response("'attachments':[{'blobId':'gone1'},{'blobId':'gone2'}]")
            .get("notCreated")
            .get("k");
    assertThat(error.get("type").stringValue()).isEqualTo("blobNotFound");
    assertThat(MailClient.strings(error.get("notFound"))).containsExactly("gone1", "gone2");
  }

  @Test
  void mailboxesMustBeGivenAndExist() {
    for (String mailboxIds : List.of("{}", "null", "{'nothing':true}", "{'#nothing':true}")) {
      JsonNode response =
          client.call("Email/set", "{'create':{'k':{'mailboxIds':" + mailboxIds + "}}}");
      assertThat(response.get("notCreated").get("k").get("type").stringValue())
          .as(mailboxIds)
          .isEqualTo("invalidProperties");
    }
  }

  @Test
  void aMailboxCreatedInTheSameRequestCanBeNamed() {
    JsonNode responses =
        client.request(
            "[['Mailbox/set',{'create':{'mb':{'name':'New'}}},'0'],"
                + "['Email/set',{'create':{'k':{'mailboxIds':{'#mb':true},'subject':'in'}}},'1']]");
    String mailbox = responses.get(0).get(1).get("created").get("mb").get("id").stringValue();
    String email = MailClient.createdId(responses.get(1).get(1));
    assertThat(client.query("Email", "{'filter':{'inMailbox':'" + mailbox + "'}}"))
        .containsExactly(email);
  }

  @Test
  void longAndDifficultTextSurvives() {
    String text = "x".repeat(3000) + " äöü=20 \\t \\r\\n" + "日本".repeat(100) + "\\nFrom me\\n.\\n";
    String id = create("'textBody':[{'partId':'1'}],'bodyValues':{'1':{'value':'" + text + "'}}");
    JsonNode email =
        client
            .call(
                "Email/get",
                "{'ids':['" + id + "'],'properties':['bodyValues'],'fetchTextBodyValues':true}")
            .get("list")
            .get(0);
    assertThat(email.get("bodyValues").get("1").get("value").stringValue())
        .isEqualTo(json("'" + text + "'").stringValue().replace("\r\n", "\n"));
    assertThat(email.get("bodyValues").get("1").get("isEncodingProblem").booleanValue()).isFalse();
  }

  private String create(String properties) {
    return MailClient.createdId(response(properties));
  }

  private JsonNode response(String properties) {
    return client.call(
        "Email/set", "{'create':{'k':{'mailboxIds':{'" + inbox + "':true}," + properties + "}}}");
  }

  private byte[] download(String blobId) throws IOException {
    try (InputStream in =
        client
            .server()
            .download(Principal.of("jane@example.com"), client.account().id(), Id.of(blobId))
            .orElseThrow()
            .open()) {
      return in.readAllBytes();
    }
  }

  private static String shape(JsonNode part) {
    StringBuilder shape = new StringBuilder(part.get("type").stringValue());
    if (part.path("subParts").isArray()) {
      shape.append('(');
      for (int i = 0; i < part.get("subParts").size(); i++) {
        shape.append(i > 0 ? "," : "").append(shape(part.get("subParts").get(i)));
      }
      shape.append(')');
    }
    return shape.toString();
  }
}
