package org.jmapproxy.core.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonReaderTest {

  private final JsonReader reader = new JsonReader(new JsonBounds(100_000, 64, 1000, 100, 50));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,",
        "[1",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":}",
        "\"abc",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":null,\"a\":null}",
        "[1] [2]",
        "{} x",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[01]",
        "[+1]",
        "[.5]",
        "[1.]",
        "[1e]",
        "[-]",
        "[NaN]",
        "[Infinity]",
        "[0x10]",
        "[1e999]",
        "[-1e999]",
        "[tru]",
        "[nul]",
        "[True]",
        "[\"a\nb\"]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"\\",
        "[\"\\ud800\"]",
        "[\"\\udc00\"]",
        "[\"\\udc00\\ud800\"]",
        "[\"\\ud800x\"]",
        "{\"\\ud800\":1}",
        "[\"\\ufffe\"]",
        "[\"\\uffff\"]",
        "[\"\\ufdd0\"]",
        "[\"\\ud83f\\udfff\"]",
        "// comment\n[]",
        "[] # comment",
        "/* */ []",
        "\u0000[]",
        "\ufeff[]"
      })
  void whatIsNotIJsonIsRefused(String document) {
    assertRefused(document.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "overlong slash, 5b22c0af225d",
    "overlong in three octets, 5b22e080af225d",
    "overlong in four octets, 5b22f08080af225d",
    "encoded surrogate, 5b22eda080225d",
    "beyond U+10FFFF, 5b22f4908080225d",
    "five octets, 5b22f888808080225d",
    "lone continuation, 5b2280225d",
    "lead without continuation, 5b22c3225d",
    "cut off at the end, 5b22e282",
    "Latin-1, 5b22e4225d",
    "octet FE, 5b22fe225d",
    "UTF-16 with byte order mark, feff005b005d",
    "UTF-16 without byte order mark, 005b005d",
    "UTF-16 little-endian, 5b005d00",
    "UTF-32, 0000005b0000005d",
    "invalid in a name, 7b22ff223a317d"
  })
  void whatIsNotUtf8IsRefused(String name, String hex) {
    assertRefused(HexFormat.of().parseHex(hex));
  }

  @Test
  void depthIsBounded() {
    assertThat(read("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
    assertRefused("[".repeat(65) + "]".repeat(65));
    assertRefused("{\"a\":".repeat(50_000 / 5));
    assertRefused("[".repeat(90_000));
  }

  @Test
  void sizeIsBounded() {
    assertRefused("\"" + "x".repeat(100_000) + "\"");
  }

  @Test
  void numberOfValuesIsBounded() {
    assertRefused("[" + "1,".repeat(2000) + "1]");
  }

  @Test
  void namesAndNumbersAreBounded() {
    assertRefused("{\"" + "x".repeat(101) + "\":1}");
    assertRefused("[" + "1".repeat(51) + "]");
  }

  @Test
  void reasonNamesThePlaceButDoesNotRepeatTheDocument() {
    RequestError error = refusal("{\n  \"a\": secret\n}".getBytes(StandardCharsets.UTF_8));

    assertThat(error.detail()).contains("line 2").doesNotContain("secret");
  }

  @Test
  void textOfAllPlanesIsKept() {
    String text = "a\u0000\u00e4\u20ac\ud83d\ude00\u007f";

    assertThat(read("[\"a\\u0000ä€😀\u007f\"]").get(0).stringValue()).isEqualTo(text);
    assertThat(read("[\"\\ud83d\\ude00\"]").get(0).stringValue()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void numbersKeepTheirValue() {
    JsonNode numbers = read("[0, -1, 9007199254740991, 123456789012345678901234567890, 0.1, 1e3]");

    assertThat(numbers.toString())
        .isEqualTo("[0,-1,9007199254740991,123456789012345678901234567890,0.1,1000.0]");
  }

  private JsonNode read(String document) {
    return reader.read(document.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String document) {
    assertRefused(document.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(byte[] document) {
    assertThat(refusal(document).type()).isEqualTo(RequestError.NOT_JSON);
  }

  private RequestError refusal(byte[] document) {
    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> reader.read(document));
    assertThat(refused).as("not refused").isNotNull();
    return refused.error();
  }
}
