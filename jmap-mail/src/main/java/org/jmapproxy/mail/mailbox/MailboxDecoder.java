package org.jmapproxy.mail.mailbox;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.mail.capability.MailLimits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations and updates, and refuses values that no Mailbox may have. */
final class MailboxDecoder {

  private static final long MAX_SORT_ORDER = Integer.MAX_VALUE;

  /** IANA's IMAP Mailbox Name Attributes that say what a mailbox is for. */
  private static final Set<String> ROLES =
      Set.of(
          "all",
          "archive",
          "drafts",
          "flagged",
          "important",
          "inbox",
          "junk",
          "memos",
          "scheduled",
          "sent",
          "snoozed",
          "trash");

  private MailboxDecoder() {}

  static Decoded<MailboxCreation> creation(ObjectCreation creation) {
    ObjectNode given = creation.properties();
    Optional<SetError> refusal = refusal(given, MailLimits.of(creation.roles()));
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new MailboxCreation(
            netUnicode(given.path("name").stringValue()),
            string(given.path("parentId")).map(Id::of),
            string(given.path("role")),
            given.path("sortOrder").asLong(0),
            given.path("isSubscribed").asBoolean(true)));
  }

  @SuppressWarnings("OptionalMapToOptional") // untouched and set to null are two things
  static Decoded<MailboxUpdate> update(ObjectUpdate update) {
    ObjectNode after = update.after();
    Optional<SetError> refusal = refusal(after, MailLimits.of(update.roles()));
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new MailboxUpdate(
            update.id(),
            member(after, "name").map(name -> netUnicode(name.stringValue())),
            member(after, "parentId").map(parentId -> string(parentId).map(Id::of)),
            member(after, "role").map(MailboxDecoder::string),
            after.has("sortOrder")
                ? OptionalLong.of(after.path("sortOrder").asLong())
                : OptionalLong.empty(),
            member(after, "isSubscribed").map(JsonNode::booleanValue)));
  }

  private static Optional<SetError> refusal(ObjectNode given, MailLimits limits) {
    return member(given, "name")
        .flatMap(name -> nameProblem(netUnicode(name.stringValue()), limits))
        .map(problem -> SetError.invalidProperty("name", problem))
        .or(
            () ->
                member(given, "role")
                    .flatMap(MailboxDecoder::string)
                    .flatMap(MailboxDecoder::roleProblem)
                    .map(problem -> SetError.invalidProperty("role", problem)))
        .or(
            () ->
                member(given, "sortOrder")
                    .filter(order -> order.asLong() > MAX_SORT_ORDER)
                    .map(order -> SetError.invalidProperty("sortOrder", "must be below 2^31")));
  }

  /** Net-Unicode (RFC 5198) is normalised; what it forbids is refused. */
  private static String netUnicode(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static Optional<String> nameProblem(String name, MailLimits limits) {
    if (name.isBlank()) {
      return Optional.of("must not be empty");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > limits.maxSizeMailboxName()) {
      return Optional.of("must not exceed " + limits.maxSizeMailboxName() + " octets");
    }
    boolean control = name.codePoints().anyMatch(MailboxDecoder::isForbidden);
    return control ? Optional.of("must not contain control characters") : Optional.empty();
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || Character.getType(codePoint) == Character.SURROGATE
        || (codePoint & 0xfffe) == 0xfffe;
  }

  private static Optional<String> roleProblem(String role) {
    if (ROLES.contains(role)) {
      return Optional.empty();
    }
    return ROLES.contains(role.toLowerCase(Locale.ROOT))
        ? Optional.of("must be in lower case")
        : Optional.of("must be a registered role");
  }

  private static Optional<JsonNode> member(ObjectNode object, String name) {
    return Optional.ofNullable(object.get(name));
  }

  private static Optional<String> string(JsonNode value) {
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }
}
