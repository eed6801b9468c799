package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.mail.testkit.SearchCases;
import org.jmapproxy.mail.testkit.SearchCases.SearchCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTextTest {

  static List<SearchCase> cases() {
    return SearchCases.ALL;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wordsOccurInAnyScript(SearchCase oneCase) {
    assertThat(SearchText.parse(oneCase.search()).matches(oneCase.text()))
        .isEqualTo(oneCase.isFound());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "one two|one;two",
        "  one\u3000two\u00A0three |one;two;three",
        "\"one two\" three|one two;three",
        "'one two' three|one two;three",
        "\"it's one\"|it's one",
        "don't|don't",
        "\"not closed|\"not;closed",
        "'tis|'tis",
        "\"say \\\"hi\\\" now\"|say \"hi\" now",
        "\"back\\\\slash\"|back\\slash",
        "\"a\"b|\"a\"b",
        "\"one  \t two\"|one two",
        "\" one \"|one",
        "\"\"|``",
        "\" \"|``",
        "`` |``",
        "a-b@c.example|a-b@c.example",
        "%_*\\|%_*\\"
      })
  void filtersAreReadAsWordsAndPhrases(String text, String terms) {
    assertThat(String.join(";", SearchText.parse(text).terms())).isEqualTo(terms);
  }

  @Test
  void aServerIsAskedForWhatWasWritten() {
    SearchText text = SearchText.parse("ΣΟΦΌΣ \"Cafe\u0301  GRÖSSE\"");
    assertThat(text.asWritten()).containsExactly("ΣΟΦΌΣ", "Café GRÖSSE");
    assertThat(text.single())
        .extracting(SearchText::asWritten)
        .containsExactly(List.of("ΣΟΦΌΣ"), List.of("Café GRÖSSE"));
  }

  @Test
  @Timeout(20)
  void anyTextIsComparedSoon() {
    for (String piece : List.of("e\u0301", "\u0301\u0316", "\uFDFA", "\uD800", " ", "한")) {
      assertThat(SearchText.parse("needle").matches(piece.repeat(50_000))).isFalse();
    }
  }
}
