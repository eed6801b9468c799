package org.jmapproxy.mail.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

  @ParameterizedTest
  @CsvSource({
    "utf8, UTF-8",
    "\"UTF-8\", UTF-8",
    "cp65001, UTF-8",
    "us-ascii, windows-1252",
    "latin1, windows-1252",
    "iso8859-1, windows-1252",
    "ISO_8859-15, ISO-8859-15",
    "iso885915, ISO-8859-15",
    "iso-8859-8-i, ISO-8859-8",
    "cp-850, IBM850",
    "cp437, IBM437",
    "cp858, IBM00858",
    "cp1252, windows-1252",
    "windows1251, windows-1251",
    "win-1250, windows-1250",
    "1251, windows-1251",
    "x-cp1251, windows-1251",
    "gb2312, GB18030",
    "x-gbk, GB18030",
    "cp936, GB18030",
    "ks_c_5601-1987, x-windows-949",
    "shift_jis, windows-31j",
    "x-sjis, windows-31j",
    "cp932, windows-31j",
    "tis-620, x-windows-874",
    "x-mac-cyrillic, x-MacCyrillic",
    "koi8-r, KOI8-R",
    "iso-2022-jp, ISO-2022-JP",
  })
  void findsCharsetsByTheNamesMailUses(String name, String charset) {
    assertThat(CharsetNames.find(name)).contains(Charset.forName(charset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x-unknown", "unknown-8bit", "8bit", "utf-7", "no such", "\0", "é"})
  void namesThatSayNothingAreAbsent(String name) {
    assertThat(CharsetNames.find(name)).isEmpty();
  }

  private static DecodedText decode(String text, String writtenAs, String declared) {
    return TextDecoder.decode(
        text.getBytes(Charset.forName(writtenAs)),
        Optional.of(declared).filter(name -> !name.isEmpty()));
  }

  @ParameterizedTest
  @CsvSource({
    "é, UTF-8, utf-8, é, false",
    "é, UTF-8, us-ascii, é, true",
    "é, windows-1252, us-ascii, é, true",
    "é, UTF-8, x-unknown, é, true",
    "e, UTF-8, x-unknown, e, true",
    "e, UTF-8, us-ascii, e, false",
    "é, windows-1252, utf-8, \uFFFD, true",
    "é, UTF-8, '', é, true"
  })
  void decodesAsDeclaredAndGuessesWhereNothingIs(
      String text, String writtenAs, String declared, String decoded, boolean problem) {
    assertThat(decode(text, writtenAs, declared)).isEqualTo(new DecodedText(decoded, problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "us-ascii", "gb18030", "utf-16le", "x-unknown"})
  void aCharacterCutAtTheEndIsLeftOut(String declared) {
    Charset charset =
        CharsetNames.find(declared)
            .filter(known -> !declared.equals("us-ascii"))
            .orElse(StandardCharsets.UTF_8);
    byte[] whole = "你好".getBytes(charset);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThat(TextDecoder.decodePrefix(cut, Optional.of(declared)).text()).isEqualTo("你");
  }

  @Test
  void aByteOrderMarkIsNoText() {
    assertThat(decode("\uFEFFa", "UTF-8", "utf-8").text()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          YWJj     | abc
          YWI=     | ab
          YQ==     | a
          YWJjZ    | abc
          YWJjZA   | abcd
          YW Jj!\\n | abc
          YQ==YQ== | aa
          =====    | ''
          """)
  void base64IsReadLeniently(String encoded, String text) {
    byte[] octets = LenientBase64.decode(encoded.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(octets, StandardCharsets.US_ASCII)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=3Db  | a=b
          a=3db  | a=b
          a=b    | a
          a=bx!  | a=bx!
          a=     | a
          a==3D  | a==
          """)
  void quotedPrintableIsReadLeniently(String encoded, String text) {
    byte[] octets = LenientQuotedPrintable.decode(encoded.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(octets, StandardCharsets.US_ASCII)).isEqualTo(text);
  }

  @Test
  void softLineBreaksDisappear() {
    byte[] encoded = "a=\r\nb= \nc\r\nd".getBytes(StandardCharsets.US_ASCII);
    assertThat(new String(LenientQuotedPrintable.decode(encoded), StandardCharsets.US_ASCII))
        .isEqualTo("abc\r\nd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          begin 644 a.txt~-2&5L;&\\L('=O<FQD"@``~`~end      | Hello, world.
          begin 644 a b~#86)C~#9&5F~ ~end~begin 600~#9VAI~end | abcdefghi
          Hello~begin 644 a~#86)C~`~end~Bye                 | abc
          begin 644 a~#86)C~`                               | abc
          begin 644 a~#86)C                                 | abc
          begin 644 a~"86(~!80~end                          | aba
          nothing                                           | !!
          begin at once~#86)C~end                           | !!
          """)
  void uuencodeIsReadLeniently(String encoded, String text) {
    String lines = encoded.replace("~", "\r\n");
    byte[] octets = LenientUuencode.decode(lines.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(octets, StandardCharsets.US_ASCII).replace('\n', '.')).isEqualTo(text);
  }

  @Test
  void aUuencodedFileIsItsOctets() {
    byte[] octets = new byte[1000];
    new java.util.Random(8).nextBytes(octets);
    byte[] encoded = uuencoded(octets).getBytes(StandardCharsets.US_ASCII);
    assertThat(LenientUuencode.decode(encoded)).isEqualTo(octets);
  }

  private static String uuencoded(byte[] octets) {
    StringBuilder lines = new StringBuilder("begin 644 file\n");
    for (int at = 0; at < octets.length; at += 45) {
      int count = Math.min(45, octets.length - at);
      lines.append((char) (' ' + count));
      byte[] line = Arrays.copyOf(Arrays.copyOfRange(octets, at, at + count), 48);
      for (int i = 0; i < (count + 2) / 3 * 3; i += 3) {
        int bits = (line[i] & 255) << 16 | (line[i + 1] & 255) << 8 | (line[i + 2] & 255);
        for (int shift = 18; shift >= 0; shift -= 6) {
          int value = bits >> shift & 63;
          lines.append(value == 0 ? '`' : (char) (' ' + value));
        }
      }
      lines.append('\n');
    }
    return lines.append("`\nend\n").toString();
  }
}
