package org.jmapproxy.contacts.jscontact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Holds Cards against RFC 9553, version 2.0. */
public final class CardValidator {

  /** No more are told; a Card that is wrong throughout is not worth a longer answer. */
  private static final int MAX_PROBLEMS = 50;

  private final List<CardProblem> problems = new ArrayList<>();

  private CardValidator() {}

  /**
   * What is wrong with a Card; empty when it is valid. Media may have a {@code blobId} in place of
   * {@code uri} (RFC 9610 section 3).
   */
  public static List<CardProblem> problems(ObjectNode card) {
    CardValidator validator = new CardValidator();
    CardTypes.CARD.check("", card, validator);
    return List.copyOf(validator.problems);
  }

  /** The properties of a Card that are registered. */
  public static Set<String> properties() {
    return CardTypes.CARD.names();
  }

  void add(String pointer, String problem) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new CardProblem(pointer, problem));
    }
  }
}
