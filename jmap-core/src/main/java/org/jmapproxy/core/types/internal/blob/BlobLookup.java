package org.jmapproxy.core.types.internal.blob;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobLookupRole;
import org.jmapproxy.core.types.BlobModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code Blob/lookup} (RFC 9404 section 4.3). */
public final class BlobLookup implements Method {

  private static final JsonType STRINGS = JsonType.listOf(JsonType.STRING);

  /** The method; it has nothing to configure. */
  public BlobLookup() {}

  @Override
  public String name() {
    return "Blob/lookup";
  }

  @Override
  public String capability() {
    return BlobModule.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    Set<String> typeNames = texts(reader.required("typeNames", STRINGS));
    Set<String> ids = texts(reader.required("ids", STRINGS));
    reader.end();
    if (ids.size() > context.limits().maxObjectsInGet()) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInGet is " + context.limits().maxObjectsInGet()));
    }
    BlobLookupRole lookup = context.role(accountId, BlobLookupRole.ROLE);
    for (String typeName : typeNames) {
      if (!lookup.typeNames().contains(typeName) || !context.isTypeInUse(typeName)) {
        throw new MethodException(
            MethodError.of("unknownDataType", typeName + " cannot be looked up here"));
      }
    }
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("accountId", accountId.value());
    response.set("list", list(context, accountId, lookup, typeNames, ids));
    return List.of(new Invocation(name(), response, ""));
  }

  private static ArrayNode list(
      MethodContext context,
      Id accountId,
      BlobLookupRole lookup,
      Set<String> typeNames,
      Set<String> ids) {
    List<Id> possible =
        ids.stream().map(context.creationIds()).filter(Id::isValid).map(Id::of).distinct().toList();
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Set<String> listed = new LinkedHashSet<>();
    ids.forEach(id -> listed.add(context.creationIds().apply(id)));
    listed.forEach(id -> list.addObject().put("id", id).putObject("matchedIds"));
    for (String typeName : typeNames) {
      Map<Id, List<Id>> found =
          lookup.referring(context.callContext(accountId), typeName, possible);
      for (JsonNode info : list) {
        ArrayNode matched = ((ObjectNode) info.path("matchedIds")).putArray(typeName);
        String id = info.path("id").stringValue();
        if (Id.isValid(id)) {
          found.getOrDefault(Id.of(id), List.of()).forEach(one -> matched.add(one.value()));
        }
      }
    }
    return list;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new LinkedHashSet<>();
    array.forEach(item -> texts.add(item.stringValue()));
    return texts;
  }
}
