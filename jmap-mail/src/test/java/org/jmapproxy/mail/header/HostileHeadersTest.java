package org.jmapproxy.mail.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jmapproxy.mail.mime.HtmlText;
import org.jmapproxy.mail.mime.ParameterizedValue;
import org.jmapproxy.mail.mime.Preview;
import org.jmapproxy.mail.thread.Connections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a header contains, it is read in bounded time and nothing is thrown. */
class HostileHeadersTest {
  private static final int MEGABYTE = 1 << 20;
  private static final Duration QUICKLY = Duration.ofSeconds(5);

  private static void readInEveryForm(String value) {
    for (HeaderForm form : HeaderForm.values()) {
      form.read(new HeaderField("X", value));
    }
    SubjectBase.threadKey(value);
    ParameterizedValue.parse(value);
    Preview.ofText(value);
    HtmlText.of(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "\\",
        "\"",
        "\"\\",
        "<",
        ">",
        "<>",
        ",",
        ";",
        ":",
        "a:",
        "@",
        "<@,",
        "<\"",
        "(\"",
        "=?",
        "=?,",
        "=?a?q?",
        "=?utf-8?Q?=",
        "=?utf-8?Q?a?= ",
        "=?utf-8?B?YQ==?=",
        "[",
        "[]",
        "[a]",
        "[fwd:",
        "re:",
        "Re: [a]",
        "(fwd)",
        "a@b,",
        "a@b ",
        "A <a@b>,",
        "g:a@b;",
        "a@[",
        "\r\n ",
        "\t",
        "<a@b>",
        "1:",
        "-1",
        "1 ",
        "a*0=b;",
        "a=\"",
        "=(",
        "%",
        "&",
        "&#",
        "<!--",
        "<a b='",
        "<style>",
        "<head>",
        "<head",
        "<blockquote>",
        "< /",
        "-",
        "> ",
        "- \n",
        "\uD800",
        "\u0301",
        "\u00e9",
        "a:\n"
      })
  void aMegabyteOfAnythingIsReadQuickly(String unit) {
    String value = unit.repeat(MEGABYTE / unit.length());
    assertTimeoutPreemptively(QUICKLY, () -> readInEveryForm(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:\n", "\n", "a", " ", ":", "a\n", "a: b\r\n", "\u0000", "a:\n b\n"})
  void tenMegabytesOfHeaderAreIndexedQuickly(String unit) {
    byte[] octets = unit.repeat(10 * MEGABYTE / unit.length()).getBytes(StandardCharsets.UTF_8);
    assertTimeoutPreemptively(
        QUICKLY,
        () -> {
          HeaderBlock header = HeaderBlock.of(octets);
          assertThat(header.fields()).hasSizeLessThanOrEqualTo(20_000);
          header.last("Subject");
          Connections.of(header);
        });
  }

  @Test
  void anyOctetsAreReadWithoutFailing() {
    Random random = new Random(8621);
    String alphabet = "\r\n \t:;,<>()[]\"\\@.=?*'%-+0123456789utf-8QBFromToSubjectDate\u00e9\0&/!";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(round % 3 == 0 ? "From: " : "Date: 1 Jan ");
      int length = random.nextInt(120);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      assertThatCode(() -> readAll(octets)).as(text.toString()).doesNotThrowAnyException();
    }
  }

  private static void readAll(byte[] octets) {
    HeaderBlock header = HeaderBlock.of(octets);
    header.fields().forEach(field -> readInEveryForm(field.parseable()));
    Connections.of(header);
  }

  @Test
  void aHundredThousandAddressesAreAllRead() {
    String value = "\"Some Body\" <some.body@example.com>, ".repeat(100_000);
    List<EmailAddress> addresses =
        assertTimeoutPreemptively(QUICKLY, () -> AddressesForm.of(value));
    assertThat(addresses).hasSize(100_000);
  }
}
