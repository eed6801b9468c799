package org.jmapproxy.mail.sieve;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sieve scripts (RFC 9661). An account has the capability when it has the {@link SieveRole}.
 * Stateless.
 */
public final class SieveModule implements JmapModule {

  /** The name of the capability. */
  public static final String URN = "urn:ietf:params:jmap:sieve";

  private static final String NONE = "none";

  /** The module; it has nothing to configure. */
  public SieveModule() {}

  @Override
  public List<Capability> capabilities() {
    return List.of(
        new Capability(
            URN, SieveModule::session, account -> terms(account).map(SieveModule::account)));
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(SieveScriptType.TYPE);
  }

  @Override
  public List<Method> methods() {
    return List.of(new SieveValidateMethod());
  }

  /** What runs the scripts is the accounts' servers, which may be several. */
  private static ObjectNode session(List<Account> accounts) {
    String implementations =
        accounts.stream()
            .flatMap(account -> terms(account).stream())
            .map(SieveTerms::implementation)
            .filter(name -> !name.isBlank())
            .distinct()
            .collect(Collectors.joining(", "));
    return JsonNodeFactory.instance
        .objectNode()
        .put("implementation", implementations.isEmpty() ? NONE : implementations);
  }

  private static Optional<SieveTerms> terms(Account account) {
    return account.roles().find(SieveRole.ROLE).map(SieveRole::terms);
  }

  private static ObjectNode account(SieveTerms terms) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("maxSizeScriptName", terms.maxSizeScriptName());
    put(json, "maxSizeScript", terms.maxSizeScript());
    put(json, "maxNumberScripts", terms.maxNumberScripts());
    put(json, "maxNumberRedirects", terms.maxNumberRedirects());
    json.set("sieveExtensions", array(terms.extensions()));
    put(json, "notificationMethods", terms.notificationMethods());
    put(json, "externalLists", terms.externalLists());
    return json;
  }

  private static void put(ObjectNode json, String name, OptionalLong value) {
    if (value.isPresent()) {
      json.put(name, value.getAsLong());
    } else {
      json.putNull(name);
    }
  }

  private static void put(ObjectNode json, String name, Optional<List<String>> values) {
    if (values.isPresent()) {
      json.set(name, array(values.get()));
    } else {
      json.putNull(name);
    }
  }

  private static ArrayNode array(List<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
