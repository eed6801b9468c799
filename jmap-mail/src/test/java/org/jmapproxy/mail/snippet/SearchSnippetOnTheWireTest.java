package org.jmapproxy.mail.snippet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.nio.charset.StandardCharsets;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** SearchSnippet/get in JSON (RFC 8621 section 5.1). */
class SearchSnippetOnTheWireTest {

  private final MailClient client = new MailClient(new MemoryMail("jane").account());
  private final String inbox = client.mailboxOfRole("inbox");

  @Test
  void theRfcsExampleIsAnswered() {
    String none = client.importMessage(Message.about("Other").saying("Nothing.\r\n"), inbox);
    String both =
        client.importMessage(
            Message.about("The Foosball competition")
                .saying(
                    "As every\r\nyear the foosball competition will be held in the Stadium de\r\nFrance.\r\n"),
            inbox);
    String body =
        client.importMessage(
            Message.about("Methods")
                .with("Content-Type", "text/html; charset=utf-8")
                .saying(
                    "<p>the <b>Foo</b>/bar method results often returns &lt;1 widget</p><script>foo</script>"),
            inbox);
    JsonNode response =
        client.call(
            "SearchSnippet/get",
            "{'filter':{'text':'foo'},'emailIds':['" + none + "','" + both + "','" + body + "']}");
    assertThat(response)
        .isEqualTo(
            json(
                "{'accountId':'jane','notFound':null,'list':["
                    + "{'emailId':'"
                    + none
                    + "','subject':null,'preview':null},{'emailId':'"
                    + both
                    + "','subject':'The <mark>Foo</mark>sball competition','preview':"
                    + "'As every year the <mark>foo</mark>sball competition will be held in the Stadium de France.'},"
                    + "{'emailId':'"
                    + body
                    + "','subject':null,'preview':'the <mark>Foo</mark>/bar method results often returns &lt;1 widget'}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "{'subject':'tree'}|The <mark>tree</mark>|null",
        "{'body':'tree'}|null|A <mark>tree</mark> and a bush",
        "{'subject':'tree','body':'bush'}|The <mark>tree</mark>|A tree and a <mark>bush</mark>",
        "{'operator':'OR','conditions':[{'subject':'the'},{'text':'bush'}]}|<mark>The</mark> tree|A tree and a <mark>bush</mark>",
        "{'operator':'NOT','conditions':[{'text':'tree'}]}|null|null",
        "{'operator':'AND','conditions':[{'operator':'NOT','conditions':[{'body':'tree'}]},{'subject':'tree'}]}|The <mark>tree</mark>|null",
        "{'from':'tree','hasKeyword':'tree','header':['Subject','tree']}|null|null",
        "{'text':''}|null|null",
        "{}|null|null",
        "null|null|null"
      })
  void onlyWhatIsLookedForInSubjectAndBodyIsMarked(String filter, String subject, String preview) {
    String id =
        client.importMessage(Message.about("The tree").saying("A tree and a bush\r\n"), inbox);
    JsonNode snippet =
        client
            .call("SearchSnippet/get", "{'filter':" + filter + ",'emailIds':['" + id + "']}")
            .get("list")
            .get(0);
    assertThat(snippet.get("subject").stringValue(null)).isEqualTo(subject);
    assertThat(snippet.get("preview").stringValue(null)).isEqualTo(preview);
  }

  @Test
  void theTextOfAnyPartIsLookedAtAndDecoded() {
    String encoded =
        java.util.Base64.getMimeEncoder()
            .encodeToString("Grüße & Küsse".getBytes(StandardCharsets.ISO_8859_1));
    Message message =
        Message.about("parts")
            .with("Content-Type", "multipart/mixed; boundary=b")
            .saying(
                "--b\r\n\r\nNothing\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1; name=a.txt\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n"
                    + encoded
                    + "\r\n--b--\r\n");
    String id = client.importMessage(message, inbox);
    JsonNode response =
        client.call(
            "SearchSnippet/get", "{'filter':{'body':'GRÜSSE KÜSSE'},'emailIds':['" + id + "']}");
    assertThat(response.get("list").get(0).get("preview").stringValue())
        .isEqualTo("Grüße &amp; <mark>Küsse</mark>");
  }

  @Test
  void emailsThatAreNotThereAreNotFound() {
    JsonNode response =
        client.call(
            "SearchSnippet/get",
            "{'filter':{'text':'x'},'emailIds':['nothing','no id!','nothing']}");
    assertThat(response.get("list").isEmpty()).isTrue();
    assertThat(response.get("notFound")).isEqualTo(json("['nothing','no id!']"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'filter':{'text':'x'}}|invalidArguments",
        "{'filter':{'text':'x'},'emailIds':null}|invalidArguments",
        "{'filter':{'text':7},'emailIds':[]}|invalidArguments",
        "{'filter':'x','emailIds':[]}|invalidArguments",
        "{'filter':{'operator':'XOR','conditions':[]},'emailIds':[]}|invalidArguments",
        "{'filter':{'nonsense':'x'},'emailIds':[]}|unsupportedFilter",
        "{'filter':{'text':'x'},'emailIds':[],'properties':['subject']}|invalidArguments"
      })
  void callsThatMakeNoSenseAreRefused(String arguments, String type) {
    assertThat(client.error("SearchSnippet/get", arguments).get("type").stringValue())
        .isEqualTo(type);
  }

  @Test
  void moreEmailsThanTheLimitAreRefused() {
    String ids = "'x',".repeat(10_000) + "'x'";
    assertThat(
            client
                .error("SearchSnippet/get", "{'filter':{'text':'x'},'emailIds':[" + ids + "]}")
                .get("type")
                .stringValue())
        .isEqualTo("requestTooLarge");
  }
}
