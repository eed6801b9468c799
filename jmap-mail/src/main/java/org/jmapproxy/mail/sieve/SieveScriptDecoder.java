package org.jmapproxy.mail.sieve;

import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations and updates, and refuses what can be refused without a server. */
final class SieveScriptDecoder {

  private SieveScriptDecoder() {}

  static Decoded<NewSieveScript> creation(ObjectCreation creation) {
    ObjectNode given = creation.properties();
    Optional<String> name = name(given);
    Optional<SetError> refusal = nameProblem(name, creation.roles());
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return text(creation.call(), creation.roles(), given.path("blobId"))
        .map(text -> new NewSieveScript(name, text));
  }

  static Decoded<SieveScriptUpdate> update(ObjectUpdate update) {
    boolean isRenamed = update.patch().containsKey("name");
    Optional<String> name = name(update.after());
    if (isRenamed && name.isEmpty()) {
      return new Decoded.Invalid<>(
          SetError.invalidProperty("name", "cannot be taken from a script that has one"));
    }
    Optional<SetError> refusal = nameProblem(name, update.roles());
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    JsonNode blobId = update.after().path("blobId");
    if (blobId.isMissingNode() || blobId.equals(update.before().path("blobId"))) {
      return new Decoded.Valid<>(new SieveScriptUpdate(name, Optional.empty()));
    }
    return text(update.call(), update.roles(), blobId)
        .map(text -> new SieveScriptUpdate(name, Optional.of(text)));
  }

  private static Optional<String> name(ObjectNode given) {
    JsonNode name = given.path("name");
    return name.isString()
        ? Optional.of(ScriptName.normalised(name.stringValue()))
        : Optional.empty();
  }

  private static Optional<SetError> nameProblem(Optional<String> name, Roles roles) {
    int most =
        roles
            .find(SieveRole.ROLE)
            .map(sieve -> sieve.terms().maxSizeScriptName())
            .orElse(SieveTerms.LEAST_SIZE_OF_NAME);
    return name.flatMap(given -> ScriptName.problem(given, most))
        .map(problem -> SetError.invalidProperty("name", problem));
  }

  private static Decoded<String> text(CallContext call, Roles roles, JsonNode blobId) {
    return ScriptText.read(call, roles, Id.of(blobId.stringValue()));
  }
}
