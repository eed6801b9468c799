package org.jmapproxy.mail.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jmapproxy.mail.email.SearchText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Occurrences of terms as HTML (RFC 8621 section 5). */
class MarkedTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "The Foosball competition|foo|The <mark>Foo</mark>sball competition",
        "1 < 2 & 3 > 2|2 3|1 &lt; <mark>2</mark> &amp; <mark>3</mark> &gt; <mark>2</mark>",
        "<b>x</b> & co|<b>|<mark>&lt;b&gt;</mark>x&lt;/b&gt; &amp; co",
        "a.b axb|a.b|<mark>a.b</mark> axb",
        "&amp; amp|amp|&amp;<mark>amp</mark>; <mark>amp</mark>",
        "one  two three|\"one two\"|<mark>one  two</mark> three",
        "foobar|foo bar|<mark>foobar</mark>",
        "Cafe\u0301 und CAFÉ|café|<mark>Cafe\u0301</mark> und <mark>CAFÉ</mark>",
        "ΟΔΟΣ ΜΟΥ|οδος|<mark>ΟΔΟΣ</mark> ΜΟΥ",
        "ＦＵＬＬ width|full|<mark>ＦＵＬＬ</mark> width",
        "日本語のメール|本語|日<mark>本語</mark>のメール",
        "😀 smile 😀|😀|<mark>😀</mark> smile <mark>😀</mark>",
        "한글|한글|<mark>한글</mark>"
      })
  void termsAreMarkedAsTheyStandInTheText(String text, String search, String html) {
    assertThat(MarkedText.of(text, SearchText.parse(search).terms()).orElseThrow().whole())
        .isEqualTo(html);
  }

  @Test
  void aTextWithoutTheTermsIsNotMarked() {
    assertThat(MarkedText.of("nothing here", List.of("foo"))).isEmpty();
    assertThat(MarkedText.of("nothing here", List.of())).isEmpty();
    assertThat(MarkedText.of("", List.of("foo"))).isEmpty();
  }

  @Test
  void thePreviewShowsWholeWordsAroundTheFirstOccurrence() {
    String text = "word ".repeat(100) + "needle" + " word".repeat(100);
    String preview = MarkedText.of(text, List.of("needle")).orElseThrow().preview();
    assertThat(preview).startsWith("...word ").contains("word <mark>needle</mark> word");
    assertThat(preview).endsWith("word...");
    assertThat(preview.length()).isBetween(200, 255);
  }

  @Test
  void aPreviewOfAnythingIsShortAndWellFormed() {
    Random random = new Random(8621);
    String[] pieces = {"a", "&", "<", "é", "e\u0301", "語", "😀", " ", "needle", "ß", "\uFDFA", "Σ"};
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(600); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      List<String> terms =
          SearchText.parse(
                  pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(pieces.length)])
              .terms();
      MarkedText.of(text.toString(), terms).ifPresent(MarkedTextTest::assertWellFormed);
    }
    assertWellFormed(MarkedText.of("x".repeat(9_000), List.of("x".repeat(5_000))).orElseThrow());
    assertWellFormed(MarkedText.of("&".repeat(9_000), List.of("&")).orElseThrow());
  }

  @Test
  @Timeout(20)
  void aMegabyteOfAnythingIsSearchedSoon() {
    int length = 1 << 20;
    for (String piece : List.of("a", "e\u0301", "\u0301", "\uFDFA", "ab", "a ", "語")) {
      String text = piece.repeat(length / piece.length());
      MarkedText.of(text, List.of("a", "é", "語", "nothing"))
          .ifPresent(marked -> assertThat(marked.preview()).contains("<mark>"));
    }
  }

  private static void assertWellFormed(MarkedText marked) {
    String preview = marked.preview();
    assertThat(preview.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
    assertThat(preview).contains("<mark>");
    assertThat(preview).doesNotContain("\uFFFD");
    for (String html : List.of(preview, marked.whole())) {
      String bare = html.replaceAll("<mark>([^<>]+)</mark>", "$1");
      assertThat(bare).doesNotContain("<").doesNotContain(">");
      assertThat(bare.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
    }
    String plain = marked.whole().replaceAll("</?mark>", "");
    assertThat(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .isEqualTo(marked.text());
  }
}
