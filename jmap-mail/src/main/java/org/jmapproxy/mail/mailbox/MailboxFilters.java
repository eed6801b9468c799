package org.jmapproxy.mail.mailbox;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import tools.jackson.databind.JsonNode;

/** What Mailboxes can be filtered by (RFC 8621 section 2.3). */
public final class MailboxFilters {

  /** {@code parentId}: the parent is this one, or there is none. */
  public static final FilterProperty<Mailbox, Optional<Id>> PARENT_ID =
      FilterProperty.of(
          "parentId",
          JsonType.ID.orNull(),
          value -> string(value).map(Id::of),
          (mailbox, parentId) -> mailbox.parentId().equals(parentId));

  /** {@code name}: the name contains the text, without regard to case. */
  public static final FilterProperty<Mailbox, String> NAME =
      FilterProperty.of(
          "name",
          JsonType.STRING,
          value -> caseless(value.stringValue()),
          (mailbox, text) -> caseless(mailbox.name()).contains(text));

  /** {@code role}: the role is this one, or there is none. */
  public static final FilterProperty<Mailbox, Optional<String>> ROLE =
      FilterProperty.of(
          "role",
          JsonType.STRING.orNull(),
          MailboxFilters::string,
          (mailbox, role) -> mailbox.role().equals(role));

  /** {@code hasAnyRole}: whether there is a role. */
  public static final FilterProperty<Mailbox, Boolean> HAS_ANY_ROLE =
      FilterProperty.of(
          "hasAnyRole",
          JsonType.BOOLEAN,
          JsonNode::booleanValue,
          (mailbox, wanted) -> mailbox.role().isPresent() == wanted);

  /** {@code isSubscribed}: whether the user wants to see it. */
  public static final FilterProperty<Mailbox, Boolean> IS_SUBSCRIBED =
      FilterProperty.of(
          "isSubscribed",
          JsonType.BOOLEAN,
          JsonNode::booleanValue,
          (mailbox, wanted) -> mailbox.isSubscribed() == wanted);

  static final List<FilterProperty<Mailbox, ?>> ALL =
      List.of(PARENT_ID, NAME, ROLE, HAS_ANY_ROLE, IS_SUBSCRIBED);

  private MailboxFilters() {}

  static String caseless(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static Optional<String> string(JsonNode value) {
    return value.isNull() ? Optional.empty() : Optional.of(value.stringValue());
  }
}
