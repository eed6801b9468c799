package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.transport.EventStreamRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8620 section 7.3: the variables of the event source URL. */
class EventStreamRequestTest {

  @Test
  void everythingMayBeLeftOut() {
    EventStreamRequest request =
        EventStreamRequest.of(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(request).isEqualTo(new EventStreamRequest(Set.of(), false, 300, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 30", "29, 30", "30, 30", "300, 300", "99999999999, 86400"})
  void pingIsKeptWithinBounds(String asked, int used) {
    assertThat(request("*", "no", asked).pingSeconds()).isEqualTo(used);
  }

  @Test
  void typesAreAListOrAll() {
    assertThat(request("*", "no", "0").types()).isEmpty();
    assertThat(request("Email,CalendarEvent", "no", "0").types())
        .containsExactlyInAnyOrder("Email", "CalendarEvent");
  }

  @ParameterizedTest
  @CsvSource({"maybe, 0", "no, -1", "no, soon", "no, 1.5", "STATE, 0"})
  void valuesThatMakeNoSenseAreRefused(String closeAfter, String ping) {
    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> request("*", closeAfter, ping));

    assertThat(refused.error().status()).isEqualTo(400);
  }

  private static EventStreamRequest request(String types, String closeAfter, String ping) {
    return EventStreamRequest.of(
        Optional.of(types), Optional.of(closeAfter), Optional.of(ping), Optional.empty());
  }
}
