package org.jmapproxy.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** vCards in the manner of common applications. */
class RealLifeTest {

  private final CardConverter converter = CardConverter.standard();

  @Test
  void appleLabelsPhoneticsAndDatesAreUnderstood() {
    ObjectNode card = converter.toCard(Samples.file("apple.vcf"));
    assertThat(values(card, "emails", "label")).containsExactly("", "Rowing club");
    assertThat(values(card, "phones", "label")).containsExactly("", "Assistant");
    assertThat(values(card, "links", "uri")).containsExactly("https://example.com/jo");
    assertThat(values(card, "links", "label")).containsExactly("HomePage");
    assertThat(card.at("/name/phoneticScript").asString()).isEqualTo("Kana");
    assertThat(card.at("/name/components/0/phonetic").asString()).isEqualTo("アップルシード");
    JsonNode birth = card.path("anniversaries").iterator().next().path("date");
    assertThat(birth).isEqualTo(Samples.json("{'month':2,'day':29}"));
    JsonNode address = card.path("addresses").iterator().next();
    assertThat(address.path("countryCode").asString()).isEqualTo("US");
    assertThat(address.path("contexts").path("private").booleanValue()).isTrue();
    assertThat(values(card, "onlineServices", "service")).containsExactly("twitter", "Jabber");
    assertThat(values(card, "onlineServices", "user")).containsExactly("jo_apple", "");
    assertThat(values(card, "media", "uri").get(0)).startsWith("data:image/jpeg;base64,/9j/4AAQ");
    assertThat(card.path("updated").asString()).isEqualTo("2024-05-01T08:09:10Z");
    assertThat(card.path("vCardProps").toString())
        .contains("x-abdate", "x-abrelatednames", "_$!<Spouse>!$_", "x-abuid");
  }

  @Test
  void appleGroupsHaveTheirMembersByUid() {
    String group =
        Samples.vCard(
            "3.0",
            "X-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:A-1\n"
                + "N:Friends\nFN:Friends\nUID:G-1");
    ObjectNode card = converter.toCard(group);
    assertThat(card.path("kind").asString()).isEqualTo("group");
    assertThat(card.path("members")).isEqualTo(Samples.json("{'A-1':true}"));
    card.path("members").asObject().put("B-2", true);
    assertThat(converter.edit(group, card))
        .isEqualTo(
            group.replace(
                "urn:uuid:A-1\r\n", "urn:uuid:A-1\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:B-2\r\n"));
  }

  @Test
  void googleEscapesAndLabelsAreUnderstood() {
    ObjectNode card = converter.toCard(Samples.file("google.vcf"));
    assertThat(values(card, "links", "uri")).containsExactly("http://www.google.com/profiles/123");
    assertThat(values(card, "phones", "label")).containsExactly("", "Ferienhaus");
    assertThat(values(card, "notes", "note"))
        .containsExactly("Erste Zeile\nZweite Zeile, mit Komma");
    assertThat(card.path("keywords")).isEqualTo(Samples.json("{'myContacts':true,'Freunde':true}"));
  }

  @Test
  void outlooksVersion21IsUnderstood() {
    ConvertedCard converted = converter.convert(Samples.file("outlook.vcf"));
    ObjectNode card = converted.card();
    assertThat(converted.brokenLines()).isZero();
    assertThat(card.at("/name/full").asString()).isEqualTo("Dr. Hans Müller");
    assertThat(card.at("/name/components/0/value").asString()).isEqualTo("Müller");
    assertThat(values(card, "notes", "note"))
        .containsExactly("Erste Zeile\nZweite Zeile ohne Umbruch");
    assertThat(card.path("phones").toString()).contains("\"fax\":true", "\"mobile\":true");
    JsonNode address = card.path("addresses").iterator().next();
    assertThat(address.path("full").asString()).isEqualTo("Hauptstr. 5\n10115 Berlin");
    assertThat(address.path("pref").intValue()).isEqualTo(1);
    assertThat(values(card, "media", "uri").get(0)).startsWith("data:image/png;base64,iVBOR");
  }

  @Test
  void nextcloudsVersion4IsUnderstood() {
    ObjectNode card = converter.toCard(Samples.file("nextcloud.vcf"));
    assertThat(values(card, "addresses", "full")).containsExactly("1 Moor Lane\nHaworth");
    assertThat(card.path("phones").toString()).contains("\"voice\":true", "\"mobile\":true");
    assertThat(values(card, "onlineServices", "user")).containsExactly("@zoe@example.social");
    assertThat(card.path("relatedTo").path("Anne").at("/relation/contact").booleanValue()).isTrue();
    assertThat(card.path("vCardProps").toString()).contains("[\"gender\",{},\"text\",\"F\"]");
    assertThat(card.path("updated").asString()).isEqualTo("2024-05-01T08:09:10Z");
  }

  @Test
  void aBrokenLineCostsThatLine() {
    String text = Samples.file("broken.vcf");
    ConvertedCard converted = converter.convert(text);
    ObjectNode card = converted.card();
    assertThat(converted.brokenLines()).isEqualTo(4);
    assertThat(values(card, "emails", "address")).containsExactly("kept@example.com");
    assertThat(values(card, "notes", "note")).containsExactly("end");
    card.path("notes").iterator().next().asObject().put("note", "changed");
    assertThat(converter.edit(text, card))
        .startsWith(text.substring(0, text.indexOf("NOTE:")))
        .contains("this line is no property", "FN:Inner")
        .containsPattern("NOTE;PROP-ID=[^:]+:changed\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apple.vcf", "google.vcf", "outlook.vcf", "nextcloud.vcf"})
  void aChangedNoteLeavesEveryOtherOctet(String file) {
    String text = Samples.file(file);
    ObjectNode card = converter.toCard(text);
    assertThat(converter.edit(text, card)).isEqualTo(text);
    ObjectNode wanted = card.deepCopy();
    wanted.putObject("notes").putObject("n1").put("note", "new, and; different");
    String edited = converter.edit(text, wanted);
    Equality.assertSame(converter.toCard(edited), wanted, edited);
    List<String> kept = Arrays.asList(edited.split("\r\n", -1));
    assertThat(kept).contains("NOTE;PROP-ID=n1:new\\, and\\; different");
    assertThat(
            Arrays.stream(text.split("\r\n", -1))
                .filter(line -> !line.startsWith("NOTE") && !line.contains("Zeile"))
                .filter(line -> !line.contains("ohne Umbruch")))
        .allMatch(kept::contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apple.vcf", "google.vcf", "outlook.vcf", "nextcloud.vcf"})
  void whatWasConvertedIsWrittenAgainInBothVersions(String file) {
    ObjectNode card = converter.toCard(Samples.file(file));
    for (VCardVersion version : VCardVersion.values()) {
      String written = converter.toVCard(card, version);
      Equality.assertSame(converter.toCard(written), card, written);
    }
  }

  @Test
  void anEditedLineKeepsItsOtherParametersAsTheyWere() {
    String text =
        Samples.vCard("3.0", "FN:A\nitem7.EMAIL;type=INTERNET;type=HOME;X-Odd=\"1\":a@example.com");
    ObjectNode card = converter.toCard(text);
    card.path("emails").iterator().next().asObject().put("address", "b@example.com");
    assertThat(converter.edit(text, card))
        .containsPattern(
            "item7.EMAIL;TYPE=INTERNET,HOME;X-ODD=1;PROP-ID=EMAIL-[0-9a-f]{8}:b@example.com");
  }

  @Test
  void keysStayWhenOneOfTwoEqualLinesGoes() {
    String text = Samples.vCard("4.0", "FN:A\nTEL:1\nTEL:1\nTEL:2");
    ObjectNode card = converter.toCard(text);
    List<String> keys = List.copyOf(card.path("phones").propertyNames());
    card.path("phones").asObject().remove(keys.get(0));
    ObjectNode after = converter.toCard(converter.edit(text, card));
    assertThat(List.copyOf(after.path("phones").propertyNames()))
        .containsExactlyElementsOf(keys.subList(1, 3));
  }

  private static List<String> values(ObjectNode card, String map, String member) {
    return card.path(map).valueStream().map(entry -> entry.path(member).asString("")).toList();
  }
}
