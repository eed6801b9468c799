package org.jmapproxy.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterizedValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          attachment; filename=a.txt                  | a.txt
          attachment; filename="a b.txt"              | a b.txt
          attachment; filename=a b.txt                | a b.txt
          attachment; filename="a;b.txt"              | a;b.txt
          attachment; filename="a\\"b.txt"            | a"b.txt
          attachment;; FileName = a.txt ;             | a.txt
          attachment; filename="a.txt                 | a.txt
          attachment; filename=a(1).txt               | a(1).txt
          attachment (c); (c) filename="a.txt" (c)    | a.txt
          attachment; filename==?utf-8?Q?=C3=A9.txt?= | é.txt
          attachment; filename="=?utf-8?Q?=C3=A9?= =?utf-8?Q?.txt?=" | é.txt
          attachment; filename*=utf-8'de'%C3%A9.txt   | é.txt
          attachment; filename*=iso-8859-1''%E9.txt   | é.txt
          attachment; filename*=%C3%A9.txt            | é.txt
          attachment; filename*=x-unknown''%C3%A9.txt | é.txt
          attachment; filename="e.txt"; filename*=utf-8''%C3%A9.txt | é.txt
          attachment; filename*1=b; filename*0=a; filename*2*=%63   | abc
          attachment; filename*0="=?utf-8?Q?=C3=A9"; filename*1="?=" | é
          attachment; filename*=utf-8''a%0D%0Ab%zz%4  | ab%zz%4
          attachment; filename=a.txt; filename=b.txt  | a.txt
          """)
  void readsFileNames(String raw, String name) {
    ParameterizedValue parsed = ParameterizedValue.parse(raw);
    assertThat(parsed.value()).isEqualTo("attachment");
    assertThat(parsed.parameters()).containsEntry("filename", name);
  }

  @Test
  void anEmptyValueIsEmpty() {
    assertThat(ParameterizedValue.parse("").value()).isEmpty();
    assertThat(ParameterizedValue.parse(" (x) ; a=b").value()).isEmpty();
  }
}
