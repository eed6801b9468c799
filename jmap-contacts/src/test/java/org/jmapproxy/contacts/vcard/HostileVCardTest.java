package org.jmapproxy.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Texts that nobody would send with good intentions. */
class HostileVCardTest {

  private final CardConverter converter = CardConverter.of(new VCardLimits(1_000_000, 1_000, 50));

  @Test
  void whatIsNoVCardIsRefused() {
    for (String text : new String[] {"", "hello", "FN:Jane\r\nEND:VCARD", "BEGIN:VCALENDAR"}) {
      assertThatExceptionOfType(InvalidVCardException.class)
          .isThrownBy(() -> converter.toCard(text))
          .withMessage("no BEGIN:VCARD");
    }
  }

  @Test
  void sizeAndLinesAreBounded() {
    assertThatExceptionOfType(InvalidVCardException.class)
        .isThrownBy(() -> converter.toCard(Samples.vCard("4.0", "NOTE:" + "x".repeat(1_000_001))));
    assertThatExceptionOfType(InvalidVCardException.class)
        .isThrownBy(() -> converter.toCard(Samples.vCard("4.0", "NOTE:x\n".repeat(1_001))));
  }

  @Test
  void aLineWithTooManyParametersIsBroken() {
    String text = Samples.vCard("4.0", "FN:A\nTEL" + ";A=1".repeat(51) + ":1");
    ConvertedCard converted = converter.convert(text);
    assertThat(converted.brokenLines()).isEqualTo(1);
    assertThat(converted.card().has("phones")).isFalse();
    assertThat(converter.edit(text, converted.card())).isEqualTo(text);
  }

  @Test
  void deeplyNestedJsonIsNotApplied() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    ObjectNode card = converter.toCard(Samples.vCard("4.0", "FN:A\nJSPROP;JSPTR=x:" + deep));
    assertThat(card.has("x")).isFalse();
    assertThat(card.at("/name/full").asString()).isEqualTo("A");
  }

  @Test
  void valuesCannotBeginLinesOfTheirOwn() {
    ObjectNode card =
        Samples.json(
            "{'name':{'full':'A\\r\\nEVIL:1'},'vCardProps':[['x-a',{'x-b':'1\\r\\nEVIL:1'},"
                + "'unknown','2\\r\\nEVIL:1'],['x-c\\r\\nEVIL',{},'unknown','3']],"
                + "'links':{'l1':{'uri':'https://example.com/\\r\\nEVIL:1'}}}");
    for (VCardVersion version : VCardVersion.values()) {
      assertThat(converter.toVCard(card, version).lines())
          .noneMatch(line -> line.startsWith("EVIL"));
    }
  }

  @Test
  void anyTextIsReadAndEditedWithoutFailure() {
    Random random = new Random(7);
    String alphabet = "AN;:=,\"\\^\r\n\t .-_TELFNEMAIL0123456789äé\uD83D\uDE00BEGIN:VCARD";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder noise = new StringBuilder("BEGIN:VCARD\r\nVERSION:3.0\r\n");
      String[] names = {
        "TEL", "N", "ADR", "EMAIL;TYPE=home", "BDAY", "JSPROP;JSPTR=\"a/b\"", "ORG"
      };
      for (int line = 0; line < 8; line++) {
        noise.append(names[random.nextInt(names.length)]).append(random.nextBoolean() ? ":" : ";");
        for (int c = random.nextInt(30); c > 0; c--) {
          noise.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        noise.append("\r\n");
      }
      String text = noise.append("END:VCARD\r\n").toString();
      ObjectNode card = converter.toCard(text);
      assertThat(converter.edit(text, card)).isEqualTo(text);
      card.put("uid", "changed");
      assertThat(converter.toCard(converter.edit(text, card)).path("uid").asString())
          .isEqualTo("changed");
    }
  }
}
