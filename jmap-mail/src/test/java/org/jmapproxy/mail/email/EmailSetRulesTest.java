package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The sentences of RFC 8621 section 4.6 that {@link EmailCreationTest} does not hold, one by one.
 */
class EmailSetRulesTest {

  private static final String VALUE = ",'bodyValues':{'1':{'value':'x'}}";
  private static final String TEXT = "'textBody':[{'partId':'1'}]" + VALUE;

  private final MailClient client = new MailClient(new MemoryMail("jane").account());
  private final String inbox = client.mailboxOfRole("inbox");

  @Test
  void headersMustNotBeGivenOnAnyPart() {
    refused("'bodyStructure':{'partId':'1','headers':[]}" + VALUE, "bodyStructure");
    refused("'attachments':[{'blobId':'" + blob() + "','headers':[]}]", "attachments");
    refused(
        "'bodyStructure':{'type':'multipart/mixed','subParts':[{'partId':'1','headers':[]}]}"
            + VALUE,
        "bodyStructure");
  }

  @Test
  void aPartNamesNoHeaderFieldTwice() {
    for (String part :
        List.of(
            "'cid':'a@b','header:Content-ID':' <c@d>'",
            "'disposition':'inline','header:Content-Disposition':' attachment'",
            "'language':['de'],'header:Content-Language':' en'",
            "'location':'a','header:Content-Location':' b'",
            "'type':'text/plain','header:content-type:asText':'text/plain'",
            "'header:X-A':' 1','header:x-a:asText':'2'")) {
      refused("'textBody':[{'partId':'1'," + part + "}]" + VALUE, "textBody");
    }
  }

  @Test
  void forbiddenFormsAreRefused() {
    for (String header :
        List.of(
            "'header:Subject:asAddresses':[]",
            "'header:Date:asText':'today'",
            "'header:Message-ID:asText':'<a@b>'",
            "'header:References:asURLs':[]",
            "'header:To:asMessageIds':['a@b']",
            "'header:List-Post:asAddresses':[]",
            "'header:X-Other:asNonsense':'x'")) {
      assertThat(error(header).get("type").stringValue()).as(header).isEqualTo("invalidProperties");
    }
  }

  @Test
  void contentFieldsBelongToParts() {
    refused("'header:content-language:asText':'de'", "header:content-language:asText");
    refused("'header:Content-X-Own':' x'", "header:Content-X-Own");
    assertThat(created("'textBody':[{'partId':'1','header:Content-X-Own:asText':'x'}]" + VALUE))
        .isNotEmpty();
  }

  /** As an invitation needs it (RFC 6047 section 2.4). */
  @Test
  void theContentTypeOfAPartMayBeGivenAsAFieldWithItsParameters() {
    String id =
        created(
            "'bodyStructure':{'header:Content-Type':' multipart/mixed; boundary=x; kind=own',"
                + "'subParts':[{'partId':'1'},{'partId':'1','header:Content-Type:asText':"
                + "'Text/Calendar; method=REQUEST; charset=iso-8859-1'}]}"
                + VALUE);
    JsonNode root =
        client
            .call(
                "Email/get",
                "{'ids':['"
                    + id
                    + "'],'properties':['bodyStructure'],'bodyProperties':"
                    + "['type','charset','subParts','header:Content-Type']}")
            .get("list")
            .get(0)
            .get("bodyStructure");

    assertThat(root.get("type").stringValue()).isEqualTo("multipart/mixed");
    assertThat(root.get("header:Content-Type").stringValue())
        .contains("kind=\"own\"")
        .doesNotContain("boundary=\"x\"");
    JsonNode invitation = root.get("subParts").get(1);
    assertThat(invitation.get("type").stringValue()).isEqualTo("text/calendar");
    assertThat(invitation.get("charset").stringValue()).isEqualTo("utf-8");
    assertThat(invitation.get("header:Content-Type").stringValue())
        .contains("method=\"REQUEST\"")
        .doesNotContain("8859");
  }

  @Test
  void aContentTypeThatIsNoneOrNotOneIsRefused() {
    for (String part :
        List.of(
            "'header:Content-Type':' text'",
            "'header:Content-Type':''",
            "'header:Content-Type':' text/html'",
            "'header:Content-Type':' text/plain; a b=c'",
            "'header:Content-Type:all':[' text/plain',' text/plain']")) {
      refused("'textBody':[{'partId':'1'," + part + "}]" + VALUE, "textBody");
    }
  }

  @Test
  void bodyStructureGoesWithNoOtherList() {
    String structure = "'bodyStructure':{'partId':'1'}" + VALUE;
    refused(structure + ",'htmlBody':[{'partId':'1'}]", "htmlBody");
    refused(structure + ",'attachments':[]", "attachments");
  }

  @Test
  void aTransferEncodingIsTheServersOnEveryPart() {
    String encoding = "'header:content-transfer-encoding:asText':'8bit'";
    refused("'bodyStructure':{'partId':'1'," + encoding + "}" + VALUE, "bodyStructure");
    refused("'attachments':[{'blobId':'" + blob() + "'," + encoding + "}]", "attachments");
  }

  @Test
  void theSizeOfABlobIsIgnoredAndThatOfAValueRefused() {
    String id = created("'attachments':[{'blobId':'" + blob() + "','size':7777}]");
    assertThat(
            client.get("Email", id, "attachments").get("attachments").get(0).get("size").asLong())
        .isEqualTo(3);
    refused("'htmlBody':[{'partId':'1','type':'text/html','size':1}]" + VALUE, "htmlBody");
  }

  @Test
  void falseIsAsGoodAsNothingInBodyValues() {
    assertThat(
            created(
                "'textBody':[{'partId':'1'}],'bodyValues':{'1':{'value':'x',"
                    + "'isEncodingProblem':false,'isTruncated':false}}"))
        .isNotEmpty();
  }

  @Test
  void missingBlobsAreNamedWhereverTheyAre() {
    JsonNode error =
        error(
            "'bodyStructure':{'type':'multipart/mixed','subParts':[{'partId':'1'},{'blobId':'"
                + blob()
                + "'},{'type':'multipart/related','subParts':[{'blobId':'lost1'},"
                + "{'blobId':'lost2'},{'blobId':'lost1'}]}]}"
                + VALUE);
    assertThat(error.get("type").stringValue()).isEqualTo("blobNotFound");
    assertThat(MailClient.strings(error.get("notFound")))
        .containsExactlyInAnyOrder("lost1", "lost2");
  }

  @Test
  void messageIdAndDateAreKeptIfGivenAndMadeIfNot() {
    JsonNode kept =
        client.get(
            "Email",
            created("'messageId':['mine@example.com'],'sentAt':'2024-01-02T03:04:05Z'," + TEXT),
            "messageId",
            "sentAt");
    assertThat(kept.get("messageId")).isEqualTo(json("['mine@example.com']"));
    assertThat(kept.get("sentAt").stringValue()).startsWith("2024-01-02T03:04:05");
    JsonNode made =
        client.get(
            "Email", created("'messageId':null,'sentAt':null," + TEXT), "messageId", "sentAt");
    assertThat(made.get("messageId").size()).isEqualTo(1);
    assertThat(made.get("sentAt").isString()).isTrue();
  }

  @Test
  void receivedAtIsWhatTheClientSays() {
    String id = created("'receivedAt':'2020-01-01T00:00:00Z'," + TEXT);
    assertThat(client.get("Email", id, "receivedAt").get("receivedAt").stringValue())
        .isEqualTo("2020-01-01T00:00:00Z");
  }

  @Test
  void tooManyKeywordsAreRefusedOnCreationToo() {
    StringBuilder keywords = new StringBuilder("'k0':true");
    for (int i = 1; i < 200; i++) {
      keywords.append(",'k").append(i).append("':true");
    }
    JsonNode error = error("'keywords':{" + keywords + "}," + TEXT);
    assertThat(error.get("type").stringValue()).isEqualTo("tooManyKeywords");
  }

  @Test
  void keywordsAreCheckedCharacterByCharacterAndShownInLowerCase() {
    for (String keyword : List.of("a b", "a(", "a)", "a{", "a]", "a%", "a*", "a\\u00e4", "")) {
      refused("'keywords':{'" + keyword + "':true}," + TEXT, "keywords");
    }
    refused("'keywords':{'" + "x".repeat(256) + "':true}," + TEXT, "keywords");
    String id = created("'keywords':{'$Forwarded':true,'$MDNSent':true,'[Own':true}," + TEXT);
    assertThat(client.get("Email", id, "keywords").get("keywords").propertyNames())
        .containsExactlyInAnyOrder("$forwarded", "$mdnsent", "[own");
  }

  @Test
  void whatIsImmutableStaysAndWholeObjectsCanBeSentBack() {
    String id = client.importMessage(Message.about("fixed"), inbox);
    for (String patch :
        List.of("{'subject':'other'}", "{'receivedAt':'2020-01-01T00:00:00Z'}", "{'size':1}")) {
      JsonNode response = client.call("Email/set", "{'update':{'" + id + "':" + patch + "}}");
      assertThat(response.at("/notUpdated/" + id + "/type").asString(""))
          .as(patch)
          .isEqualTo("invalidProperties");
    }
    JsonNode whole =
        client.get("Email", id, "keywords", "mailboxIds", "subject", "size", "receivedAt");
    JsonNode response = client.call("Email/set", "{'update':{'" + id + "':" + whole + "}}");
    assertThat(response.path("updated").has(id)).as(response.toString()).isTrue();
  }

  private String blob() {
    return client.upload("application/octet-stream", "abc".getBytes(StandardCharsets.US_ASCII));
  }

  private String created(String properties) {
    return MailClient.createdId(set(properties));
  }

  private void refused(String properties, String property) {
    JsonNode error = error(properties);
    assertThat(error.get("type").stringValue()).as(properties).isEqualTo("invalidProperties");
    assertThat(MailClient.strings(error.get("properties")))
        .as(properties)
        .containsExactly(property);
  }

  private JsonNode error(String properties) {
    JsonNode response = set(properties);
    assertThat(response.path("notCreated").has("k")).as(properties + response).isTrue();
    return response.get("notCreated").get("k");
  }

  private JsonNode set(String properties) {
    return client.call(
        "Email/set", "{'create':{'k':{'mailboxIds':{'" + inbox + "':true}," + properties + "}}}");
  }
}
