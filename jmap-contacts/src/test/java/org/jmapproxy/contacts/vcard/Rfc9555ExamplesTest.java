package org.jmapproxy.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures of RFC 9555, from vCard to JSContact and back. */
class Rfc9555ExamplesTest {

  private final CardConverter converter = CardConverter.standard();

  static Stream<Arguments> figures() {
    List<Arguments> figures = new ArrayList<>();
    for (String block :
        Samples.file("rfc9555-figures.txt").replace("\r\n", "\n").split("\n=== ", -1)) {
      String[] parts = block.split("\n---\n", -1);
      if (parts.length == 2) {
        int end = parts[0].indexOf('\n');
        figures.add(
            Arguments.of(parts[0].substring(0, end), parts[0].substring(end + 1), parts[1]));
      }
    }
    return figures.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("figures")
  void vCardBecomesJsContact(String figure, String vCard, String json) {
    ObjectNode card = converter.toCard(Samples.vCard("4.0", vCard));
    JsonNode found = Samples.withoutKeys(card);
    ObjectNode expected = Samples.json("{" + json + "}");
    for (var member : Samples.withoutKeys(expected).properties()) {
      assertThat(found.path(member.getKey()))
          .as(member.getKey() + " of " + card)
          .isEqualTo(member.getValue());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("figures")
  void bothVersionsGiveTheCardBack(String figure, String vCard, String json) {
    ObjectNode card = converter.toCard(Samples.vCard("4.0", vCard));
    for (VCardVersion version : VCardVersion.values()) {
      String written = converter.toVCard(card, version);
      Equality.assertSame(converter.toCard(written), card, written);
      assertThat(written).doesNotContain("JSPROP");
    }
  }
}
