package org.jmapproxy.mail.sieve;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.SetConclusion.Touched;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * The data type SieveScript (RFC 9661 section 2). There are neither /changes nor /queryChanges: the
 * RFC has none.
 */
public final class SieveScriptType {

  /** SieveScript/set: the script to activate, an id or a creation id behind {@code #}. */
  public static final Argument<Optional<String>> ON_SUCCESS_ACTIVATE_SCRIPT =
      new Argument<>(
          "onSuccessActivateScript",
          JsonType.STRING.orNull(),
          id -> Optional.of(id.stringValue()),
          Optional.empty());

  /** SieveScript/set: whether to deactivate the active script. */
  public static final Argument<Boolean> ON_SUCCESS_DEACTIVATE_SCRIPT =
      new Argument<>(
          "onSuccessDeactivateScript",
          JsonType.BOOLEAN.orNull(),
          JsonNode::booleanValue,
          Boolean.FALSE);

  /** The declaration. */
  public static final DataType<SieveScript, NewSieveScript, SieveScriptUpdate> TYPE = declare();

  private SieveScriptType() {}

  private static DataType<SieveScript, NewSieveScript, SieveScriptUpdate> declare() {
    DataTypeBuilder<SieveScript, NewSieveScript, SieveScriptUpdate> type =
        DataType.named("SieveScript", SieveModule.URN, SieveScript::id);
    return type.property(
            Property.<SieveScript>writable(
                    "name",
                    JsonType.STRING.orNull(),
                    script -> JsonNodeFactory.instance.stringNode(script.name()))
                .withDefault(NullNode.instance))
        .property(
            Property.writable(
                "blobId",
                JsonType.ID,
                script -> JsonNodeFactory.instance.stringNode(script.blobId().value())))
        .property(
            Property.serverSet(
                "isActive", JsonType.BOOLEAN, script -> BooleanNode.valueOf(script.isActive())))
        .methods(StandardMethod.SET, StandardMethod.QUERY)
        .creations(SieveScriptDecoder::creation)
        .updates(SieveScriptDecoder::update)
        .createResponse("name", "blobId", "isActive")
        .arguments(StandardMethod.SET, ON_SUCCESS_ACTIVATE_SCRIPT, ON_SUCCESS_DEACTIVATE_SCRIPT)
        .conclusion(SieveScriptType::activate)
        .filter(
            FilterProperty.of(
                "name",
                JsonType.STRING,
                JsonNode::stringValue,
                (script, part) -> folded(script.name()).contains(folded(part))))
        .filter(
            FilterProperty.of(
                "isActive",
                JsonType.BOOLEAN,
                JsonNode::booleanValue,
                (script, isActive) -> isActive.equals(script.isActive())))
        .sort(
            SortProperty.of(
                "name",
                Comparator.<SieveScript, String>comparing(script -> folded(script.name()))
                    .thenComparing(SieveScript::name)))
        .sort(SortProperty.of("isActive", Comparator.comparing(SieveScript::isActive)))
        .build();
  }

  /**
   * Deactivating comes first, activating what does not exist is nothing: so there is one thing to
   * do, and no moment in which nothing filters although something should.
   */
  private static List<Touched<SieveScript>> activate(
      CallContext context, Roles roles, Arguments arguments, UnaryOperator<String> creationIds) {
    Optional<Id> wanted =
        arguments
            .get(ON_SUCCESS_ACTIVATE_SCRIPT)
            .map(creationIds)
            .filter(Id::isValid)
            .map(Id::of)
            .filter(id -> exists(context, roles, id));
    Optional<SieveRole> sieve = roles.find(SieveRole.ROLE);
    if (sieve.isEmpty() || (wanted.isEmpty() && !arguments.get(ON_SUCCESS_DEACTIVATE_SCRIPT))) {
      return List.of();
    }
    return sieve.get().activate(context, wanted).stream()
        .map(script -> new Touched<>(script, Set.of("isActive")))
        .toList();
  }

  private static boolean exists(CallContext context, Roles roles, Id id) {
    return roles
        .find(TYPE.readRole())
        .filter(scripts -> !scripts.read(context, ReadRequest.of(List.of(id), Set.of())).isEmpty())
        .isPresent();
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
