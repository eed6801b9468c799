package org.jmapproxy.mail.mime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.email.ParsedContent;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.PartLayout;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages for servers that do not take all octets. */
class TransportableMessageTest {

  private static final String LONG_LINE = "x".repeat(1200);

  private static Blob blob(String message) {
    return new MemoryBlob("message/rfc822", message.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(Blob message, boolean takesEightBit) {
    TransportableMessage prepared = TransportableMessage.of(message, takesEightBit);
    assertThat(prepared.problem()).isEmpty();
    try (InputStream in = prepared.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String encoded(String message, boolean takesEightBit) {
    return encoded(blob(message), takesEightBit);
  }

  private static Optional<String> problem(String message, boolean takesEightBit) {
    return TransportableMessage.of(blob(message), takesEightBit).problem();
  }

  private static void assertFit(String message) {
    assertThat(message.chars().allMatch(c -> c < 128)).isTrue();
    assertThat(message.lines().allMatch(line -> line.length() <= 998)).isTrue();
  }

  private static String text(String message, String partId) {
    Blob blob = blob(message);
    ParsedContent content = ParsedContent.of(blob);
    PartLayout part = content.find(partId).orElseThrow();
    return new MessageContent(blob).text(part, 0).text();
  }

  @Test
  void textBecomesQuotedPrintableAndReadsTheSame() {
    String text = "Grüße, \r\nund = mehr\t\r\n.\r\n\r\n" + "wörter ".repeat(40) + "Ende";
    String message =
        "Subject: x\r\nContent-Type: text/plain;\r\n charset=utf-8\r\n"
            + "Content-transfer-encoding:\r\n 8bit\r\nX-Last: y\r\n\r\n"
            + text;
    String sent = encoded(message, false);
    assertFit(sent);
    assertThat(sent)
        .startsWith("Subject: x\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nX-Last: y\r\n")
        .contains("Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe,=20\r\n")
        .doesNotContain("8bit");
    assertThat(sent.lines().allMatch(line -> line.length() <= 76)).isTrue();
    assertThat(text(sent, "1")).isEqualTo(text.replace("\r\n", "\n"));
  }

  @Test
  void textInAnotherScriptBecomesBase64() {
    String sent = encoded("Content-Type: text/plain; charset=utf-8\r\n\r\nこんにちは\r\n", false);
    assertFit(sent);
    assertThat(sent).contains("Content-Transfer-Encoding: base64\r\n");
    assertThat(text(sent, "1")).isEqualTo("こんにちは\n");
  }

  @Test
  void onlyThePartsThatNeedItChange() {
    String plain = "--b\r\nContent-Type: text/html\r\n\r\n<p>as it is</p>\r\n";
    String message =
        "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: 8bit\r\n"
            + "\r\npreamble\r\n"
            + plain
            + "--b\r\n\r\nno header: ä\r\n"
            + "--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "öüä\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + "Subject: inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ninnen: ß\r\n"
            + "--b--\r\nepilogue\r\n";
    String sent = encoded(message, false);
    assertFit(sent);
    assertThat(sent)
        .contains("\r\npreamble\r\n" + plain, "--b--\r\nepilogue\r\n", "Subject: inner\r\n")
        .doesNotContain("8bit", "binary");
    assertThat(sent.split("Content-Transfer-Encoding: 7bit", -1)).hasSize(3);
    assertThat(text(sent, "4.1")).isEqualTo("innen: ß");
    assertThat(ParsedContent.of(blob(sent)).find("3").orElseThrow().decodedSize()).isEqualTo(6);
  }

  @Test
  void longLinesAreEncodedEvenForServersThatTakeAllOctets() {
    String message =
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nkurz: ä\r\n"
            + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            + LONG_LINE
            + "\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + "QUJD".repeat(400)
            + "\r\n--b--\r\n";
    String sent = encoded(message, true);
    assertThat(sent.lines().allMatch(line -> line.length() <= 998)).isTrue();
    assertThat(sent).contains("kurz: ä");
    assertThat(text(sent, "2")).isEqualTo(LONG_LINE);
    assertThat(ParsedContent.of(blob(sent)).find("3").orElseThrow().decodedSize()).isEqualTo(1200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"signed", "encrypted"})
  void whatIsSignedIsNeverChanged(String subtype) {
    String message =
        "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: multipart/"
            + subtype
            + "; boundary=b\r\n\r\n--b\r\n\r\nGrüße\r\n--b\r\n"
            + "Content-Type: application/pgp-signature\r\n\r\nxxx\r\n--b--\r\n--o--\r\n";
    assertThat(problem(message, false))
        .hasValueSatisfying(why -> assertThat(why).contains("signed"));
    assertThat(encoded(message, true)).isEqualTo(message);
    String ascii = message.replace("ü", "ue").replace("ß", "ss");
    assertThat(encoded(ascii, false)).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: multipart/mixed; boundary=b\r\n\r\nä\r\n--b\r\n\r\nx\r\n--b--\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Description: ä\r\n\r\nx\r\n--b--\r\n",
        "Content-Type: message/partial\r\n\r\nä\r\n",
        "Content-Transfer-Encoding: rot13\r\n\r\nä\r\n",
      })
  void whatCannotBeEncodedIsSaid(String message) {
    assertThat(problem(message, false)).isPresent();
  }

  @Test
  void aLongLineInTheHeaderIsSaid() {
    assertThat(problem("Subject: " + LONG_LINE + "\r\n\r\nx\r\n", true)).isPresent();
  }

  @Test
  void anyOctetsComeBackAsTheyWere() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      StringBuilder body = new StringBuilder();
      int length = random.nextInt(3000);
      for (int k = 0; k < length; k++) {
        int kind = random.nextInt(60);
        body.append(kind == 0 ? "\r\n" : kind < 4 ? " " : kind < 6 ? "ä" : kind == 6 ? "=" : "a");
      }
      String message = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body;
      String sent = encoded(message, false);
      assertFit(sent);
      assertThat(text(sent, "1")).isEqualTo(body.toString().replace("\r\n", "\n"));
    }
  }
}
