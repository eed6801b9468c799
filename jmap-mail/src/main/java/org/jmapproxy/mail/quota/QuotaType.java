package org.jmapproxy.mail.quota;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.core.type.ResponseMember;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The data type Quota (RFC 9425 section 4); clients only read it. */
public final class QuotaType {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The declaration. Quotas for types that a request did not ask for are hidden from it. */
  public static final DataType<Quota, Void, Void> TYPE = declare();

  private QuotaType() {}

  private static DataType<Quota, Void, Void> declare() {
    DataTypeBuilder<Quota, Void, Void> type = DataType.named("Quota", QuotaModule.URN, Quota::id);
    declareProperties(type);
    return type.methods(StandardMethod.CHANGES, StandardMethod.QUERY, StandardMethod.QUERY_CHANGES)
        .filter(
            text(
                "name",
                (quota, part) ->
                    quota.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT))))
        .filter(text("scope", (quota, scope) -> quota.scope().wireName().equals(scope)))
        .filter(text("resourceType", (quota, unit) -> quota.resourceType().wireName().equals(unit)))
        .filter(text("type", (quota, name) -> quota.types().contains(name)))
        .sort(SortProperty.of("name", Comparator.comparing(Quota::name)))
        .sort(SortProperty.of("used", Comparator.comparing(Quota::used)))
        .responseMember(StandardMethod.CHANGES, ResponseMember.updatedProperties())
        .visibleIf((quota, inUse) -> quota.types().stream().anyMatch(inUse))
        .build();
  }

  private static void declareProperties(DataTypeBuilder<Quota, Void, Void> type) {
    JsonType count = JsonType.UNSIGNED_INT;
    type.property(string("resourceType", quota -> quota.resourceType().wireName()))
        .property(Property.serverSet("used", count, quota -> JSON.numberNode(quota.used())))
        .property(limit("warnLimit", Quota::warnLimit))
        .property(limit("softLimit", Quota::softLimit))
        .property(
            Property.serverSet("hardLimit", count, quota -> JSON.numberNode(quota.hardLimit())))
        .property(string("scope", quota -> quota.scope().wireName()))
        .property(string("name", Quota::name))
        .property(
            Property.serverSet(
                "description",
                JsonType.STRING.orNull(),
                quota ->
                    quota.description().<JsonNode>map(JSON::stringNode).orElse(NullNode.instance)))
        .property(
            Property.<Quota>serverSet(
                    "types", JsonType.listOf(JsonType.STRING), quota -> JSON.arrayNode())
                .renderedBy(QuotaType::types));
  }

  private static Property<Quota> string(String name, Function<Quota, String> value) {
    return Property.serverSet(name, JsonType.STRING, quota -> JSON.stringNode(value.apply(quota)));
  }

  private static Property<Quota> limit(String name, Function<Quota, Optional<Long>> value) {
    return Property.serverSet(
        name,
        JsonType.UNSIGNED_INT.orNull(),
        quota -> value.apply(quota).<JsonNode>map(JSON::numberNode).orElse(NullNode.instance));
  }

  private static ArrayNode types(Quota quota, RenderContext context) {
    ArrayNode names = JSON.arrayNode();
    quota.types().stream().filter(context.typesInUse()).sorted().forEach(names::add);
    return names;
  }

  private static FilterProperty<Quota, String> text(String name, BiPredicate<Quota, String> test) {
    return FilterProperty.of(name, JsonType.STRING, JsonNode::stringValue, test);
  }
}
