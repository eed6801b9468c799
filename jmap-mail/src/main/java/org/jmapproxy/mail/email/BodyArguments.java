package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.JsonNode;

/** The arguments of Email/get that say how much of a body is wanted (RFC 8621 section 4.2). */
public final class BodyArguments {

  /** {@code bodyProperties}: what to tell of each part. */
  public static final Argument<List<String>> BODY_PROPERTIES =
      new Argument<>(
          "bodyProperties",
          JsonType.listOf(BodyArguments::partPropertyProblem).orNull(),
          BodyArguments::properties,
          EmailProperties.DEFAULT_OF_PARTS);

  /** {@code fetchTextBodyValues}: the values of text parts in {@code textBody}. */
  public static final Argument<Boolean> FETCH_TEXT_BODY_VALUES =
      Argument.flag("fetchTextBodyValues", false);

  /** {@code fetchHTMLBodyValues}: the values of text parts in {@code htmlBody}. */
  public static final Argument<Boolean> FETCH_HTML_BODY_VALUES =
      Argument.flag("fetchHTMLBodyValues", false);

  /** {@code fetchAllBodyValues}: the values of all text parts. */
  public static final Argument<Boolean> FETCH_ALL_BODY_VALUES =
      Argument.flag("fetchAllBodyValues", false);

  /** {@code maxBodyValueBytes}: octets of UTF-8 after which a value is cut; 0: never. */
  public static final Argument<Long> MAX_BODY_VALUE_BYTES =
      new Argument<>("maxBodyValueBytes", JsonType.UNSIGNED_INT, JsonNode::asLong, 0L);

  private static final Set<String> MORE = Set.of("headers", "subParts");

  private BodyArguments() {}

  static Argument<?>[] all() {
    return new Argument<?>[] {
      BODY_PROPERTIES,
      FETCH_TEXT_BODY_VALUES,
      FETCH_HTML_BODY_VALUES,
      FETCH_ALL_BODY_VALUES,
      MAX_BODY_VALUE_BYTES
    };
  }

  private static Optional<String> partPropertyProblem(JsonNode value) {
    if (!value.isString()) {
      return Optional.of("must be a string");
    }
    String name = value.stringValue();
    boolean known =
        EmailProperties.DEFAULT_OF_PARTS.contains(name)
            || MORE.contains(name)
            || HeaderProperty.parse(name).isPresent();
    return known ? Optional.empty() : Optional.of("is not a property of body parts");
  }

  private static List<String> properties(JsonNode names) {
    return names.isNull()
        ? EmailProperties.DEFAULT_OF_PARTS
        : names.valueStream().map(JsonNode::stringValue).distinct().toList();
  }
}
