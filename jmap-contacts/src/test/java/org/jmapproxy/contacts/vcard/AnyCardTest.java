package org.jmapproxy.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is in a Card, a vCard carries it, and edits touch only what differs. */
class AnyCardTest {

  private static final int CARDS = 300;

  private final CardConverter converter = CardConverter.standard();

  @Test
  void aCardComesBackFromBothVersions() {
    AnyCard cards = new AnyCard(1);
    for (int i = 0; i < CARDS; i++) {
      ObjectNode card = cards.next();
      for (VCardVersion version : VCardVersion.values()) {
        String vCard = converter.toVCard(card, version);
        assertThat(vCard.lines().filter(line -> line.startsWith("END:"))).as(vCard).hasSize(1);
        Equality.assertSame(converter.toCard(vCard), card, i + "\n" + card + "\n" + vCard);
      }
    }
  }

  @Test
  void linesAreAtMost75OctetsLong() {
    AnyCard cards = new AnyCard(2);
    for (int i = 0; i < 300; i++) {
      String vCard = converter.toVCard(cards.next());
      for (String line : vCard.split("\r\n", -1)) {
        assertThat(line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
            .as(line)
            .isLessThanOrEqualTo(75);
      }
    }
  }

  @Test
  void anEditWithoutAChangeChangesNothing() {
    AnyCard cards = new AnyCard(3);
    for (int i = 0; i < CARDS; i++) {
      for (VCardVersion version : VCardVersion.values()) {
        String vCard = converter.toVCard(cards.next(), version).replace("END:", "bad line\r\nEND:");
        assertThat(converter.edit(vCard, converter.toCard(vCard))).isEqualTo(vCard);
      }
    }
  }

  @Test
  void anEditMakesTheCardThatIsWantedOfTheVCardThatIsThere() {
    AnyCard cards = new AnyCard(4);
    for (int i = 0; i < CARDS; i++) {
      for (VCardVersion version : VCardVersion.values()) {
        String vCard = converter.toVCard(cards.next(), version);
        ObjectNode wanted = cards.next();
        String edited = converter.edit(vCard, wanted);
        Equality.assertSame(converter.toCard(edited), wanted, vCard + "\n" + edited);
      }
    }
  }

  @Test
  void anEditOfOneMemberLeavesTheLinesOfOthers() {
    AnyCard cards = new AnyCard(5);
    Random random = new Random(5);
    for (int i = 0; i < CARDS; i++) {
      String vCard = converter.toVCard(cards.next());
      ObjectNode card = converter.toCard(vCard);
      List<String> names =
          card.properties().stream()
              .filter(entry -> entry.getValue().isObject())
              .map(java.util.Map.Entry::getKey)
              .filter(name -> List.of("emails", "phones", "notes", "links").contains(name))
              .toList();
      if (names.isEmpty()) {
        continue;
      }
      String name = names.get(random.nextInt(names.size()));
      ObjectNode map = card.path(name).asObject();
      String id = map.propertyNames().iterator().next();
      map.remove(id);
      String edited = converter.edit(vCard, card);
      List<String> before = unfolded(vCard);
      List<String> after = unfolded(edited);
      assertThat(before).as(edited).containsAll(after);
      assertThat(before.stream().filter(line -> !after.contains(line)))
          .as(vCard + "\n" + edited)
          .allMatch(line -> line.contains(id) || line.contains("X-ABLabel"));
      assertThat(converter.toCard(edited).path(name).path(id).isMissingNode()).isTrue();
    }
  }

  private static List<String> unfolded(String vCard) {
    return Arrays.asList(vCard.replace("\r\n ", "").split("\r\n", -1));
  }
}
