package org.jmapproxy.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectBaseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          Hello                                       | Hello
          Re: Hello                                   | Hello
          RE: re:Fwd: FW:  Hello                      | Hello
          Re[2]: Hello                                | Hello
          Re [x]: Hello                               | Hello
          Re^2: Hello                                 | Hello
          Re(3): Hello                                | Hello
          [list] Re: [list] Hello (fwd) (Fwd)         | Hello
          [a] [b] Hello                               | Hello
          [Fwd: Hello]                                | Hello
          [fwd: [fwd: Re: Hello]]                     | Hello
          [only a tag]                                | [only a tag]
          [a] [b]                                     | [b]
          Re: [a]                                     | [a]
          [unclosed Hello                             | [unclosed Hello
          Regarding: Hello                            | Regarding: Hello
          Rehearsal                                   | Rehearsal
          AW: WG: Hallo                               | Hallo
          回复： 你好                                  | 你好
          a   b                                       | a b
          Re:                                         | ``
          (fwd)                                       | ``
          ``                                          | ``
          """)
  void removesMarksAndTags(String subject, String base) {
    assertThat(SubjectBase.of(subject)).isEqualTo(base);
  }

  @Test
  void threadsIgnoreCaseAndWhiteSpace() {
    assertThat(SubjectBase.threadKey("Re: Hello  World"))
        .isEqualTo(SubjectBase.threadKey("fwd: HELLO WORLD "))
        .isEqualTo("helloworld");
  }

  @Test
  void sortsWithoutCase() {
    assertThat(SubjectBase.sortKey("Re: Zebra crossing")).isEqualTo("zebra crossing");
  }
}
