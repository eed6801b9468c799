package org.jmapproxy.mail.vacation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.core.json.Dates;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * New values for some properties.
 *
 * @param changes the values by property, of the right types; not to be changed
 */
public record VacationUpdate(ObjectNode changes) {

  /** The response with the new values. */
  public VacationResponse applyTo(VacationResponse before) {
    return new VacationResponse(
        changes.has("isEnabled") ? changes.get("isEnabled").booleanValue() : before.isEnabled(),
        value("fromDate", before.fromDate(), VacationUpdate::instant),
        value("toDate", before.toDate(), VacationUpdate::instant),
        value("subject", before.subject(), VacationUpdate::text),
        value("textBody", before.textBody(), VacationUpdate::text),
        value("htmlBody", before.htmlBody(), VacationUpdate::text));
  }

  private <V> Optional<V> value(
      String property, Optional<V> before, Function<JsonNode, Optional<V>> reader) {
    JsonNode value = changes.get(property);
    return value == null ? before : reader.apply(value);
  }

  private static Optional<String> text(JsonNode value) {
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private static Optional<Instant> instant(JsonNode value) {
    return text(value).flatMap(Dates::parseInstant);
  }
}
