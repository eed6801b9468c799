package org.jmapproxy.core.transport;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;

/** Reads the parameters of an event source URL. */
final class EventStreamParameters {

  private static final int MAX_PING = 86_400;

  private EventStreamParameters() {}

  static EventStreamRequest parse(
      Optional<String> types,
      Optional<String> closeAfter,
      Optional<String> ping,
      Optional<String> lastEventId) {
    return new EventStreamRequest(
        types.map(EventStreamParameters::types).orElse(Set.of()),
        closeAfter.map(EventStreamParameters::closesAfterState).orElse(false),
        ping.map(EventStreamParameters::pingSeconds).orElse(EventStreamRequest.DEFAULT_PING),
        lastEventId.filter(id -> !id.isEmpty()));
  }

  private static Set<String> types(String list) {
    if (list.equals("*") || list.isEmpty()) {
      return Set.of();
    }
    return Arrays.stream(list.split(",", 256))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static boolean closesAfterState(String value) {
    return switch (value) {
      case "state" -> true;
      case "no" -> false;
      default -> throw refused("closeafter is \"state\" or \"no\"");
    };
  }

  private static int pingSeconds(String value) {
    try {
      long seconds = Long.parseLong(value);
      if (seconds < 0) {
        throw refused("ping is a number of seconds, at least 0");
      }
      if (seconds == 0) {
        return 0;
      }
      return (int) Math.min(MAX_PING, Math.max(EventStreamRequest.MIN_PING, seconds));
    } catch (NumberFormatException e) {
      throw refused("ping is a number of seconds");
    }
  }

  private static RequestException refused(String detail) {
    return new RequestException(RequestError.plain(400, detail));
  }
}
