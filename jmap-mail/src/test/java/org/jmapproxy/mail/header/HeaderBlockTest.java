package org.jmapproxy.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderBlockTest {

  private static HeaderBlock block(String text) {
    return HeaderBlock.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsNamesAndRawValuesAsTheyAre() {
    HeaderBlock header = block("SUBJECT: a\r\n b \r\nX-Empty:\r\nTo:x\n\r\nBody: no\r\n");
    assertThat(header.fields())
        .containsExactly(
            new HeaderField("SUBJECT", " a\r\n b "),
            new HeaderField("X-Empty", ""),
            new HeaderField("To", "x"));
  }

  @Test
  void theLastInstanceCountsWhateverItsCase() {
    HeaderBlock header = block("To: a\nTO: b\nto : c\n");
    assertThat(header.last("tO")).contains(new HeaderField("to", " c"));
    assertThat(header.all("to")).extracting(HeaderField::value).containsExactly(" a", " b", " c");
    assertThat(header.last("t")).isEmpty();
  }

  @Test
  void linesThatAreNoFieldArePassedOver() {
    HeaderBlock header =
        block(" lost\nFrom someone Mon Jan 1\nSubject: x\nno colon here\n continued\n: y\nDate: z");
    assertThat(header.fields()).extracting(HeaderField::name).containsExactly("Subject", "Date");
    assertThat(header.last("subject")).contains(new HeaderField("Subject", " x"));
  }

  @Test
  void nulIsDroppedAndBrokenUtf8Replaced() {
    byte[] octets = "Subject: caf\u00e9\0!\r\n".getBytes(StandardCharsets.ISO_8859_1);
    HeaderField subject = HeaderBlock.of(octets).last("Subject").orElseThrow();
    assertThat(subject.value()).isEqualTo(" caf\uFFFD!");
    assertThat(HeaderBlock.of(octets).text("Subject")).contains("café!");
  }

  @Test
  void rawUtf8IsRead() {
    assertThat(block("Subject: Grüße ✓\n").text("subject")).contains("Grüße ✓");
  }

  @Test
  void oldEightBitTextIsReadAsWindows1252() {
    byte[] octets = "From: \u201eJ\u00f6rg\u201c <j@x>\n".getBytes(Charset.forName("windows-1252"));
    assertThat(HeaderBlock.of(octets).addresses("From").orElseThrow().get(0).name())
        .contains("„Jörg“");
  }

  @Test
  void convenienceFormsAreAbsentWithTheirField() {
    HeaderBlock header = block("Message-ID: <a@b>\nReferences: none\nDate: never\n");
    assertThat(header.messageIds("message-id")).contains(List.of("a@b"));
    assertThat(header.messageIds("references")).isEmpty();
    assertThat(header.date("date")).isEmpty();
    assertThat(header.addresses("to")).isEmpty();
    assertThat(header.text("subject")).isEmpty();
  }

  @Test
  void anEmptyHeaderHasNoFields() {
    assertThat(HeaderBlock.of(new byte[0]).fields()).isEmpty();
    assertThat(block("\r\nSubject: body").fields()).isEmpty();
  }
}
