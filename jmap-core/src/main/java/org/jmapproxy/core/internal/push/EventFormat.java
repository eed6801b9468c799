package org.jmapproxy.core.internal.push;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmapproxy.core.internal.json.JsonWriter;
import org.jmapproxy.core.spi.StateChange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of server-sent events. JSON is written without line breaks, so one data line holds it.
 */
final class EventFormat {

  private EventFormat() {}

  static byte[] state(String eventId, List<StateChange> changes) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("@type", "StateChange");
    ObjectNode changed = data.putObject("changed");
    for (StateChange change : changes) {
      ObjectNode states = changed.putObject(change.accountId().value());
      change.states().forEach((type, state) -> states.put(type, state.value()));
    }
    return event("event: state\nid: " + eventId, data);
  }

  /** Carries no id: a ping tells nothing about states (RFC 8620 section 7.3). */
  static byte[] ping(int interval) {
    return event("event: ping", JsonNodeFactory.instance.objectNode().put("interval", interval));
  }

  private static byte[] event(String head, JsonNode data) {
    String json = new String(JsonWriter.write(data), StandardCharsets.UTF_8);
    return (head + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
