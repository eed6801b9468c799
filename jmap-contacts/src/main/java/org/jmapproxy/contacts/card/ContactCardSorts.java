package org.jmapproxy.contacts.card;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jmapproxy.core.query.SortProperty;

/** What ContactCards can be sorted by (RFC 9610 section 3.3.2). */
public final class ContactCardSorts {

  static final List<SortProperty<ContactCard>> ALL =
      List.of(time("created"), time("updated"), name("given"), name("surname"), name("surname2"));

  private ContactCardSorts() {}

  /** What has no time comes first. */
  private static SortProperty<ContactCard> time(String member) {
    return SortProperty.of(
        member,
        Comparator.comparing(card -> ContactCardFilters.instant(card, member).orElse(Instant.MIN)));
  }

  /** By the first component of a kind; who has none comes first. */
  private static SortProperty<ContactCard> name(String kind) {
    return SortProperty.of(
        "name/" + kind,
        Comparator.comparing(
            card ->
                CardTexts.nameComponents(card.card(), kind).stream()
                    .findFirst()
                    .map(CardText::caseless)
                    .orElse("")));
  }
}
