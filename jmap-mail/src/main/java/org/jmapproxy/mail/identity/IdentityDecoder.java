package org.jmapproxy.mail.identity;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.header.EmailAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations and updates, and refuses values that no Identity may have. */
final class IdentityDecoder {

  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_SIGNATURE = 200_000;
  private static final int MOST_ADDRESSES = 100;

  private IdentityDecoder() {}

  static Decoded<NewIdentity> creation(ObjectCreation creation) {
    ObjectNode given = creation.properties();
    String email = given.path("email").stringValue();
    Optional<SetError> refusal =
        refusal(given).or(() -> emailProblem(email)).or(() -> forbidden(creation, email));
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new NewIdentity(
            given.path("name").asString(""),
            email,
            AddressJson.read(given.path("replyTo")),
            AddressJson.read(given.path("bcc")),
            given.path("textSignature").asString(""),
            given.path("htmlSignature").asString("")));
  }

  @SuppressWarnings("OptionalMapToOptional") // untouched and set to null are two things
  static Decoded<IdentityUpdate> update(ObjectUpdate update) {
    ObjectNode after = update.after();
    Optional<SetError> refusal = refusal(after);
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new IdentityUpdate(
            text(after, "name"),
            member(after, "replyTo").map(AddressJson::read),
            member(after, "bcc").map(AddressJson::read),
            text(after, "textSignature"),
            text(after, "htmlSignature")));
  }

  private static Optional<SetError> refusal(ObjectNode given) {
    return text(given, "name")
        .flatMap(IdentityDecoder::nameProblem)
        .map(problem -> SetError.invalidProperty("name", problem))
        .or(() -> tooLong(given, "textSignature"))
        .or(() -> tooLong(given, "htmlSignature"))
        .or(() -> addressProblem(given, "replyTo"))
        .or(() -> addressProblem(given, "bcc"));
  }

  private static Optional<String> nameProblem(String name) {
    if (name.length() > LONGEST_NAME) {
      return Optional.of("must not exceed " + LONGEST_NAME + " characters");
    }
    return name.chars().anyMatch(Character::isISOControl)
        ? Optional.of("must not contain control characters")
        : Optional.empty();
  }

  private static Optional<SetError> tooLong(ObjectNode given, String property) {
    return text(given, property)
        .filter(signature -> signature.length() > LONGEST_SIGNATURE)
        .map(
            signature ->
                SetError.invalidProperty(
                    property, "must not exceed " + LONGEST_SIGNATURE + " characters"));
  }

  private static Optional<SetError> addressProblem(ObjectNode given, String property) {
    List<EmailAddress> addresses =
        AddressJson.read(given.path(property)).orElse(List.<EmailAddress>of());
    if (addresses.size() > MOST_ADDRESSES) {
      return Optional.of(
          SetError.invalidProperty(property, "must not exceed " + MOST_ADDRESSES + " addresses"));
    }
    return addresses.stream()
        .filter(address -> !isSound(address))
        .findFirst()
        .map(address -> SetError.invalidProperty(property, "not an address: " + address.email()));
  }

  private static boolean isSound(EmailAddress address) {
    return AddrSpec.isValid(address.email())
        && address.name().flatMap(IdentityDecoder::nameProblem).isEmpty();
  }

  private static Optional<SetError> emailProblem(String email) {
    String address = email.startsWith("*@") ? "any" + email.substring(1) : email;
    return AddrSpec.isValid(address)
        ? Optional.empty()
        : Optional.of(SetError.invalidProperty("email", "must be an address or *@domain"));
  }

  private static Optional<SetError> forbidden(ObjectCreation creation, String email) {
    return Senders.refusal(creation.roles(), email)
        .map(problem -> SetError.of("forbiddenFrom", problem));
  }

  private static Optional<String> text(ObjectNode object, String name) {
    return member(object, name).map(JsonNode::stringValue);
  }

  private static Optional<JsonNode> member(ObjectNode object, String name) {
    return Optional.ofNullable(object.get(name));
  }
}
