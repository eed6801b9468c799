package org.jmapproxy.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {

  private static BodyPart part(String type, String charset, String encoding) {
    return BodyPart.builder(type).partId("1").charset(charset).transferEncoding(encoding).build();
  }

  private static String html(String html) {
    return Preview.of(part("text/html", "utf-8", "8bit"), html.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void collapsesWhiteSpaceAndKeepsQuotedTextLast() {
    String text =
        "Hi Bob,\r\n\r\n  all\tfine.\r\n\r\nOn Monday Bob wrote:\r\n> how are\r\n> you?\r\n";
    assertThat(Preview.ofText(text))
        .isEqualTo("Hi Bob, all fine. On Monday Bob wrote: how are you?");
    assertThat(Preview.ofText("Bob wrote:\n> how are you?\n\nFine.\n-- \nAnn"))
        .isEqualTo("Fine. Bob wrote: how are you? Ann");
  }

  @Test
  void aColonThatIntroducesNoQuoteStaysInPlace() {
    assertThat(Preview.ofText("Please bring:\n- milk\n- eggs"))
        .isEqualTo("Please bring: - milk - eggs");
  }

  @Test
  void rulesAndInvisiblePaddingAreLeftOut() {
    assertThat(Preview.ofText("News\n=========\n\u200B\u00AD\u034F \uFEFF today\n-----\n"))
        .isEqualTo("News today");
  }

  @Test
  void neverLongerThan256AndNeverCutInACharacter() {
    assertThat(Preview.ofText("x".repeat(1000))).hasSize(256);
    String emoji = Preview.ofText("x" + "\uD83D\uDE00".repeat(200));
    assertThat(emoji).hasSize(255);
    assertThat(Character.isLowSurrogate(emoji.charAt(254))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void truncatedBase64AndQuotedPrintableAreReadAsFarAsTheyGo(int cut) {
    String text = "Grüße aus Köln, 你好";
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] base64 = Base64.getMimeEncoder().encode(utf8);
    String fromBase64 =
        Preview.of(
            part("text/plain", "utf-8", "BASE64"), Arrays.copyOf(base64, base64.length - cut));
    assertThat(text).startsWith(fromBase64.strip());
    byte[] quoted =
        "Gr=C3=BC=C3=9Fe aus K=C3=B6ln, =E4=BD=A0=E5=A5=BD".getBytes(StandardCharsets.US_ASCII);
    String fromQuoted =
        Preview.of(
            part("text/plain", "utf-8", "quoted-printable"),
            Arrays.copyOf(quoted, quoted.length - cut));
    assertThat(text).startsWith(fromQuoted.strip());
    assertThat(fromQuoted).startsWith("Grüße aus");
  }

  @Test
  void unknownCharsetsAndEncodingsAreGuessed() {
    byte[] utf8 = "Grüße".getBytes(StandardCharsets.UTF_8);
    assertThat(Preview.of(part("text/plain", "x-unknown", "x-what"), utf8)).isEqualTo("Grüße");
    byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Preview.of(part("text/plain", "us-ascii", "7bit"), latin)).isEqualTo("Grüße");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <p>Hello <b>W</b>orld</p><p>x                | Hello World x
          <style>p{}</style><p>a &amp; b &#8364;&nbsp;c | a & b € c
          <html><head><title>t</title><meta x></head><body>a</body> | a
          <head><body>a                                | a
          <!-- no --><!doctype html>a<br>b<br/>c       | a b c
          <a href="x>y">z</a>                          | z
          1 < 2 and <3                                 | 1 < 2 and <3
          <blockquote>old</blockquote>new              | new old
          <table><tr><td>a</td><td>b</td></tr></table> | a b
          <script>if (a < b) x("</p>")</script>y       | y
          <p>cut <a href="unfinished                   | cut
          &lt;script&gt;                               | <script>
          """)
  void readsHtml(String source, String preview) {
    assertThat(html(source)).isEqualTo(preview);
  }

  @Test
  void htmlMayDeclareItsOwnCharset() {
    BodyPart part = BodyPart.builder("text/html").build();
    byte[] octets =
        "<meta http-equiv=x content='text/html; charset=koi8-r'>\u00f0\u00f2"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Preview.of(part, octets)).isEqualTo("ПР");
  }

  @Test
  void thePreviewIsMadeFromTheFirstTextThatSaysSomething() {
    BodyPart empty = BodyPart.builder("text/plain").partId("1").size(2).build();
    BodyPart html = BodyPart.builder("text/html").partId("2").size(500).build();
    BodyPart root =
        BodyPart.builder("multipart/alternative").subParts(List.of(empty, html)).build();
    assertThat(PreviewPart.choose(root)).contains(html);
    assertThat(PreviewPart.choose(empty)).contains(empty);
    assertThat(PreviewPart.choose(BodyPart.builder("image/png").partId("1").build())).isEmpty();
  }
}
