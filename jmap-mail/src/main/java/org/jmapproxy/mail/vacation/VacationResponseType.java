package org.jmapproxy.mail.vacation;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The data type VacationResponse (RFC 8621 section 8): a singleton with /get and /set. */
public final class VacationResponseType {

  /** How many octets a body may have. */
  public static final int MAX_BODY = 64 * 1024;

  private static final int MAX_SUBJECT = 512;
  private static final Map<String, Integer> MOST_OCTETS =
      Map.of("subject", MAX_SUBJECT, "textBody", MAX_BODY, "htmlBody", MAX_BODY);

  /** The declaration. */
  public static final DataType<VacationResponse, Void, VacationUpdate> TYPE = declare();

  private VacationResponseType() {}

  private static DataType<VacationResponse, Void, VacationUpdate> declare() {
    return DataType.<VacationResponse, Void, VacationUpdate>named(
            "VacationResponse", VacationModule.URN, response -> VacationResponse.ID)
        .singleton()
        .property(
            Property.<VacationResponse>writable(
                    "isEnabled",
                    JsonType.BOOLEAN,
                    response -> BooleanNode.valueOf(response.isEnabled()))
                .withDefault(BooleanNode.FALSE))
        .property(nullable("fromDate", JsonType.UTC_DATE, r -> r.fromDate().map(Dates::utc)))
        .property(nullable("toDate", JsonType.UTC_DATE, r -> r.toDate().map(Dates::utc)))
        .property(nullable("subject", JsonType.STRING, VacationResponse::subject))
        .property(nullable("textBody", JsonType.STRING, VacationResponse::textBody))
        .property(nullable("htmlBody", JsonType.STRING, VacationResponse::htmlBody))
        .methods(StandardMethod.SET)
        .updates(VacationResponseType::decode)
        .build();
  }

  private static Property<VacationResponse> nullable(
      String name, JsonType type, Function<VacationResponse, Optional<String>> getter) {
    return Property.<VacationResponse>writable(
            name,
            type.orNull(),
            response ->
                getter
                    .apply(response)
                    .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                    .orElse(NullNode.instance))
        .withDefault(NullNode.instance);
  }

  private static Decoded<VacationUpdate> decode(ObjectUpdate update) {
    for (Map.Entry<String, Integer> most : MOST_OCTETS.entrySet()) {
      String text = update.after().path(most.getKey()).asString("");
      if (text.getBytes(StandardCharsets.UTF_8).length > most.getValue()) {
        return refused(most.getKey(), "has more than " + most.getValue() + " octets");
      }
      if (text.indexOf('\0') >= 0) {
        return refused(most.getKey(), "contains NUL");
      }
    }
    if (update.after().path("subject").asString("").chars().anyMatch(c -> c < ' ' || c == 127)) {
      return refused("subject", "contains control characters");
    }
    return new Decoded.Valid<>(new VacationUpdate(update.after()));
  }

  private static Decoded<VacationUpdate> refused(String property, String problem) {
    return new Decoded.Invalid<>(SetError.invalidProperty(property, problem));
  }
}
