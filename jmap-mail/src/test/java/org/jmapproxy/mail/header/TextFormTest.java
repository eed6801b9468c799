package org.jmapproxy.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormTest {

  /** RFC 2047 section 8, read as unstructured text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          =?ISO-8859-1?Q?a?=                          | a
          =?ISO-8859-1?Q?a?= b                        | a b
          =?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=       | ab
          =?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=      | ab
          =?ISO-8859-1?Q?a_b?=                        | a b
          =?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=      | a b
          =?US-ASCII?Q?Keith_Moore?=                  | Keith Moore
          =?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?= | If you can read this you understand the example.
          =?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=       | םולש ןב ילטפנ
          """)
  void decodesTheExamplesOfRfc2047(String raw, String text) {
    assertThat(TextForm.of(raw)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          =?utf-8?q?caf=C3=A9?=                       | café
          =?UTF-8*fr?Q?caf=C3=A9?=                    | café
          =?utf8?B?Y2Fmw6k?=                          | café
          =?utf-8?Q?cafe=CC=81?=                      | café
          =?utf-8?Q?really??=                         | really?
          =?utf-8?Q?100=?=                            | 100=
          =?utf-8?Q?=ZZ?=                             | =ZZ
          =?utf-8?Q?=e2=82?= =?utf-8?Q?=ac?=          | €
          =?gb2312?B?xOO6ww==?=                       | 你好
          =?windows-1252?Q?=93x=94?=                  | “x”
          =?iso-8859-1?Q?=93x=94?=                    | “x”
          =?utf-8?Q?a=0D=0ABcc:_x=00?=                | aBcc: x
          =?utf-8?Q?bad=FF?=                          | bad�
          """)
  void decodesWhatTheWildContains(String raw, String text) {
    assertThat(TextForm.of(raw)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "a=?utf-8?Q?b?=",
    "=?utf-8?Q?b?=c",
    "=?utf-8?Q?a?==?utf-8?Q?b?=",
    "=?utf-8?Q?a b?=",
    "=?x-unknown?Q?a?=",
    "=?utf-8?X?a?=",
    "=?utf-8?Q?a",
    "=?utf-8?=",
    "=??Q?a?=",
    "=?=",
    "=??="
  })
  void leavesWhatOnlyLooksEncoded(String raw) {
    assertThat(TextForm.of(raw)).isEqualTo(raw);
  }

  @Test
  void unfoldsAndDropsLeadingSpace() {
    assertThat(TextForm.of("  one\r\n two\n\tthree ")).isEqualTo("one two\tthree ");
  }

  @Test
  void aFoldBetweenEncodedWordsDisappears() {
    assertThat(TextForm.of(" =?utf-8?Q?a?=\r\n =?utf-8?Q?b?=")).isEqualTo("ab");
  }
}
