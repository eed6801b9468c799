package org.jmapproxy.backend.imap.internal.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.testkit.SieveRun;
import org.jmapproxy.mail.vacation.VacationResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, run by Dovecot's own Sieve engine on a message. */
class VacationScriptTest {

  private final Instant now = Instant.now();
  private final Instant yesterday = now.minus(Duration.ofDays(1));
  private final Instant tomorrow = now.plus(Duration.ofDays(1));

  @TempDir Path directory;

  @Test
  void answersBetweenTheDates() {
    assertThat(run(response(Optional.of(yesterday), Optional.of(tomorrow))))
        .contains("send vacation message")
        .contains("subject : Away \"now\"")
        .contains("I am \\ not here");
  }

  @Test
  void answersWithoutDates() {
    assertThat(run(response(Optional.empty(), Optional.empty()))).contains("send vacation message");
  }

  @Test
  void doesNotAnswerBeforeOrAfterTheDates() {
    assertThat(run(response(Optional.of(tomorrow), Optional.empty())))
        .doesNotContain("send vacation message")
        .contains("store message in folder: INBOX");
    assertThat(run(response(Optional.empty(), Optional.of(yesterday))))
        .doesNotContain("send vacation message");
  }

  @Test
  void answersInHtmlAndInTextMadeOfIt() {
    VacationResponse html =
        new VacationResponse(
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("<p>Back <b>soon</b></p>"));

    assertThat(run(html))
        .contains("Content-Type: multipart/alternative")
        .contains("<p>Back <b>soon</b></p>")
        .containsPattern("(?m)^Back soon$");
  }

  @Test
  void nothingToSayIsSaidPolitely() {
    assertThat(run(VacationResponse.none())).contains("I am away at the moment");
  }

  @Test
  void settingsAreReadBackFromTheScript() {
    VacationSettings settings =
        new VacationSettings(
            response(Optional.of(Instant.parse("2030-01-01T00:00:00Z")), Optional.empty()),
            Optional.of("my \"script\""));
    String script = VacationScript.of(settings, List.of("jane@example.org"));

    assertThat(VacationSettings.of(script, true)).isEqualTo(settings);
    assertThat(VacationSettings.of("keep;", false).response()).isEqualTo(VacationResponse.none());
    assertThat(VacationSettings.of("# jmap-vacation: no base64!", false).response())
        .isEqualTo(VacationResponse.none());
  }

  private String run(VacationResponse response) {
    VacationSettings settings = new VacationSettings(response, Optional.empty());
    return new SieveRun(directory)
        .deliver(
            VacationScript.of(settings, List.of("jane@example.org")),
            "jane@example.org",
            "bob@example.net");
  }

  private static VacationResponse response(Optional<Instant> from, Optional<Instant> to) {
    return new VacationResponse(
        true,
        from,
        to,
        Optional.of("Away \"now\""),
        Optional.of("I am \\ not here.\n\n.\nReally."),
        Optional.empty());
  }
}
