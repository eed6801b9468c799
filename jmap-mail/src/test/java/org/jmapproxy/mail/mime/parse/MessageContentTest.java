package org.jmapproxy.mail.mime.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageContentTest {
  private static final MessageParser PARSER = MessageParser.standard();

  /** A message with its parts. */
  private record Opened(MessageLayout layout, MessageContent content) {
    static Opened of(byte[] octets) {
      return new Opened(
          PARSER.parse(new ByteArrayInputStream(octets)),
          new MessageContent(new MemoryBlob("message/rfc822", octets)));
    }

    PartLayout part(String id) {
      return layout.find(id).orElseThrow();
    }

    BodyText text(String id, long most) {
      return content.text(part(id), most);
    }
  }

  private static Opened odd(String name) {
    return Opened.of(OddMessages.message(name));
  }

  private static Opened text(String type, byte[] body) {
    byte[] header = ("Content-Type: " + type + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[header.length + body.length];
    System.arraycopy(header, 0, message, 0, header.length);
    System.arraycopy(body, 0, message, header.length, body.length);
    return Opened.of(message);
  }

  private static Opened html(String html) {
    return text("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyPartDecodesToItsSize() throws IOException {
    for (String name : OddMessages.names()) {
      Opened message = odd(name);
      for (PartLayout part : message.layout().all().toList()) {
        try (InputStream decoded = message.content().decoded(part)) {
          assertThat(decoded.readAllBytes()).as(name).hasSize((int) part.decodedSize());
        }
      }
    }
  }

  @Test
  void partsOfAttachedMessagesAreFoundByTheNumbersOfImap() {
    Opened message = odd("forwarded-twice");
    assertThat(message.text("2.1", 0).text()).isEqualTo("<b>1</b>");
    assertThat(message.text("2.2.1", 0).text()).isEqualTo("two \u00e4\n");
    assertThat(message.content().header(message.part("2.2.1")).text("Subject")).hasValue("two");
    assertThat(message.layout().structure().subParts()).hasSize(3);
    assertThat(message.layout().structure().subParts().get(1).subParts()).isEmpty();
  }

  @Test
  void anAttachedMessageIsAMessageOfItsOwnOnRequest() {
    Opened message = odd("forwarded-twice");
    MessageLayout inner = message.content().parsed(message.part("2"), PARSER);
    assertThat(inner.size()).isEqualTo(message.part("2").decodedSize());
    assertThat(inner.find("2.1").orElseThrow().part().type()).isEqualTo("text/plain");
    Opened encoded = odd("attached-message-in-base64");
    MessageLayout decoded = encoded.content().parsed(encoded.part("1"), PARSER);
    assertThat(decoded.find("1").orElseThrow().part().size()).isEqualTo(4);
  }

  @Test
  void unknownEncodingsAndWrongCharsetsAreTold() {
    assertThat(odd("quoted-printable-mess").text("2", 0).encodingProblem()).isFalse();
    assertThat(text("text/plain; charset=utf-8", new byte[] {'a', (byte) 0xff}).text("1", 0))
        .isEqualTo(new BodyText("a\uFFFD", true, false));
    assertThat(
            text("text/plain; charset=no-such", "\u00e4".getBytes(StandardCharsets.UTF_8))
                .text("1", 0))
        .isEqualTo(new BodyText("\u00e4", true, false));
  }

  @Test
  void anHtmlPartMayNameItsCharsetItself() {
    byte[] html =
        "<meta charset=koi8-r>\u043f\u0440\u0438\u0432\u0435\u0442"
            .getBytes(Charset.forName("KOI8-R"));
    assertThat(text("text/html", html).text("1", 0).text())
        .endsWith("\u043f\u0440\u0438\u0432\u0435\u0442");
  }

  @ParameterizedTest
  @CsvSource({
    "1,''",
    "2,\u00e4",
    "3,\u00e4",
    "4,\u00e4",
    "5,\u00e4\u20ac",
    "9,\u00e4\u20ac\uD83D\uDE00"
  })
  void textIsCutBetweenCharacters(long most, String expected) {
    byte[] octets = "\u00e4\u20ac\uD83D\uDE00!".getBytes(StandardCharsets.UTF_8);
    assertThat(text("text/plain; charset=utf-8", octets).text("1", most))
        .isEqualTo(new BodyText(expected, false, true));
  }

  @ParameterizedTest
  @CsvSource({"3,abc", "8,abc", "17,abc", "19,abc", "20,20", "21,21", "22,21"})
  void htmlIsCutOutsideOfTags(long most, String expected) {
    String html = "abc<a title=\"x > y\">z<b>!";
    String shown = expected.equals("abc") ? "abc" : html.substring(0, Integer.parseInt(expected));
    assertThat(html(html).text("1", most)).isEqualTo(new BodyText(shown, false, true));
  }

  @Test
  void neitherCommentsNorCharacterReferencesAreCut() {
    assertThat(html("a<!-- > --> b").text("1", 10).text()).isEqualTo("a");
    assertThat(html("a&amp;b").text("1", 4).text()).isEqualTo("a");
    assertThat(html("a & b & c").text("1", 4).text()).isEqualTo("a & ");
    assertThat(html("1 < 2 or so").text("1", 5).text()).isEqualTo("1 < 2");
  }

  @Test
  void shortLimitsNeedNotReadLongTexts() {
    byte[] octets = "Gr\u00fc\u00dfe\r\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    BodyText text = text("text/plain; charset=utf-8", octets).text("1", 8);
    assertThat(text).isEqualTo(new BodyText("Gr\u00fc\u00dfe\n", false, true));
  }
}
