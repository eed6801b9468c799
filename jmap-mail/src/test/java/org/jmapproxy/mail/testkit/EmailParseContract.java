package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What reads messages as blobs: Email/parse and SearchSnippet/get (RFC 8621 sections 4.9 and 5).
 */
public interface EmailParseContract extends MailContract {

  /** An upload is shown like a stored message, and its parts are blobs. */
  @Test
  default void anUploadedMessageCanBeParsed() {
    String blobId = client().upload("message/rfc822", octets(holding("Upload", "inner", "deep")));
    JsonNode email = parse(blobId);
    assertThat(email.get("subject").stringValue()).isEqualTo("Upload");
    assertThat(email.get("bodyValues").get("1").get("value").stringValue()).isEqualTo("In Upload");
    assertThat(parse(attached(email)).get("subject").stringValue()).isEqualTo("inner");
  }

  /** A message inside a message inside a message is reached one after the other. */
  @Test
  default void attachedMessagesCanBeParsedHoweverDeep() {
    Message outer = Message.about("outer");
    String text = holding("outer", "inner", "deep");
    int body = text.indexOf("\r\n\r\n");
    String id =
        client()
            .importMessage(
                outer
                    .with("Content-Type", "multipart/mixed; boundary=\"outer\"")
                    .saying(text.substring(body + 4)),
                client().mailboxOfRole("inbox"));
    JsonNode inner = parse(attached(client().get("Email", id, "attachments")));
    assertThat(inner.get("subject").stringValue()).isEqualTo("inner");
    assertThat(inner.get("bodyValues").get("1").get("value").stringValue()).isEqualTo("In inner");
    JsonNode deep = parse(attached(inner));
    assertThat(deep.get("subject").stringValue()).isEqualTo("deep");
    assertThat(deep.get("bodyValues").get("1").get("value").stringValue())
        .isEqualTo("Grüße from deep");
  }

  /** Snippets are made of the decoded text. */
  @Test
  default void snippetsShowWhereTheBodyMatches() {
    String id =
        client()
            .importMessage(
                Message.about("A & B")
                    .with("Content-Type", "text/html; charset=utf-8")
                    .with("Content-Transfer-Encoding", "quoted-printable")
                    .saying("<p>caf=C3=A9 &lt;b&gt; &amp; tea</p>\r\n"),
                client().mailboxOfRole("inbox"));
    JsonNode snippet =
        client()
            .call("SearchSnippet/get", "{'filter':{'text':'Café b'},'emailIds':['" + id + "']}")
            .get("list")
            .get(0);
    assertThat(snippet.get("subject").stringValue()).isEqualTo("A &amp; <mark>B</mark>");
    assertThat(snippet.get("preview").stringValue())
        .isEqualTo("<mark>café</mark> &lt;<mark>b</mark>&gt; &amp; tea");
  }

  private JsonNode parse(String blobId) {
    JsonNode response =
        client().call("Email/parse", "{'blobIds':['" + blobId + "'],'fetchTextBodyValues':true}");
    assertThat(response.get("parsed").has(blobId)).as(response.toString()).isTrue();
    return response.get("parsed").get(blobId);
  }

  private static String attached(JsonNode email) {
    return email.get("attachments").get(0).get("blobId").stringValue();
  }

  private static String holding(String subject, String inner, String deep) {
    String deepest =
        "Subject: " + deep + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße from deep";
    return multipart(subject, "outer", multipart(inner, "inner", deepest));
  }

  private static String multipart(String subject, String boundary, String attached) {
    return "Subject: "
        + subject
        + "\r\nContent-Type: multipart/mixed; boundary=\""
        + boundary
        + "\"\r\n\r\n--"
        + boundary
        + "\r\n\r\nIn "
        + subject
        + "\r\n--"
        + boundary
        + "\r\nContent-Type: message/rfc822\r\n\r\n"
        + attached
        + "\r\n--"
        + boundary
        + "--\r\n";
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
