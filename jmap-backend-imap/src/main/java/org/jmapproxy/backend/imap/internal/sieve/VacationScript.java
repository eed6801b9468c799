package org.jmapproxy.backend.imap.internal.sieve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.mail.mime.HtmlText;
import org.jmapproxy.mail.vacation.VacationResponse;

/** Writes the script that answers while somebody is away (RFC 5230). */
final class VacationScript {

  /** Its name among the user's scripts. */
  static final String NAME = "jmap-vacation";

  private static final String DEFAULT_TEXT =
      "I am away at the moment and will read your message when I am back.";
  private static final String LINE = "\r\n";

  private VacationScript() {}

  /**
   * The script.
   *
   * @param addresses the user's own, that the server may not know
   */
  static String of(VacationSettings settings, List<String> addresses) {
    VacationResponse response = settings.response();
    StringBuilder script = new StringBuilder();
    script.append("# Made by a JMAP client; changes made by hand will be lost.").append(LINE);
    script.append(settings.toComment()).append(LINE);
    script.append("require ").append(list(required(settings))).append(';').append(LINE);
    List<String> tests = dates(response);
    if (!tests.isEmpty()) {
      script.append("if allof (").append(String.join(", ", tests)).append(") {").append(LINE);
    }
    script.append(action(response, addresses)).append(LINE);
    if (!tests.isEmpty()) {
      script.append('}').append(LINE);
    }
    settings
        .included()
        .ifPresent(
            name ->
                script
                    .append("include :personal ")
                    .append(SieveText.quoted(name))
                    .append(';')
                    .append(LINE));
    return script.toString();
  }

  /** The extensions that the script needs. */
  static List<String> required(VacationSettings settings) {
    List<String> required = new ArrayList<>(List.of("vacation"));
    if (!dates(settings.response()).isEmpty()) {
      required.add("date");
      required.add("relational");
    }
    if (settings.included().isPresent()) {
      required.add("include");
    }
    return required;
  }

  /** Dates compare as texts; without an offset at the end, as servers write it in several ways. */
  private static List<String> dates(VacationResponse response) {
    List<String> tests = new ArrayList<>();
    response.fromDate().ifPresent(date -> tests.add(date("ge", Dates.utc(date))));
    response.toDate().ifPresent(date -> tests.add(date("lt", Dates.utc(date))));
    return tests;
  }

  private static String date(String relation, String utc) {
    return "currentdate :zone \"+0000\" :value \""
        + relation
        + "\" \"iso8601\" "
        + SieveText.quoted(utc.substring(0, utc.length() - 1));
  }

  private static String action(VacationResponse response, List<String> addresses) {
    StringBuilder action = new StringBuilder("vacation");
    response
        .subject()
        .filter(subject -> !subject.isBlank())
        .ifPresent(subject -> action.append(" :subject ").append(SieveText.quoted(subject)));
    if (!addresses.isEmpty()) {
      action.append(" :addresses ").append(list(addresses));
    }
    String text =
        response.textBody().or(() -> response.htmlBody().map(VacationScript::plain)).orElse("");
    if (text.isBlank()) {
      text = DEFAULT_TEXT;
    }
    Optional<String> html = response.htmlBody().filter(body -> !body.isBlank());
    if (html.isPresent()) {
      action.append(" :mime ").append(SieveText.quoted(alternatives(text, html.get())));
    } else {
      action.append(' ').append(SieveText.quoted(text));
    }
    return action.append(';').toString();
  }

  private static String alternatives(String text, String html) {
    String boundary = "=_" + UUID.nameUUIDFromBytes((text + html).getBytes(StandardCharsets.UTF_8));
    return "Content-Type: multipart/alternative; boundary=\""
        + boundary
        + "\"\n\n--"
        + boundary
        + "\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + text
        + "\n--"
        + boundary
        + "\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + html
        + "\n--"
        + boundary
        + "--\n";
  }

  private static String plain(String html) {
    return HtmlText.of(html).strip();
  }

  private static String list(List<String> texts) {
    return texts.stream().map(SieveText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }
}
