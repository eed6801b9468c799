package org.jmapproxy.backend.imap.internal.sieve;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.mail.vacation.VacationResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a vacation script was made of. It is kept in the script itself, in a comment, so that it is
 * where the mail server's own administrator can see it, and is not lost with us.
 *
 * @param response without whether it is enabled: the script runs or it does not
 * @param included the user's own script, which goes on running
 */
record VacationSettings(VacationResponse response, Optional<String> included) {

  private static final String MARK = "# jmap-vacation: ";

  /** The comment, one line. */
  String toComment() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    response.fromDate().ifPresent(date -> json.put("fromDate", Dates.utc(date)));
    response.toDate().ifPresent(date -> json.put("toDate", Dates.utc(date)));
    response.subject().ifPresent(text -> json.put("subject", text));
    response.textBody().ifPresent(text -> json.put("textBody", text));
    response.htmlBody().ifPresent(text -> json.put("htmlBody", text));
    included.ifPresent(name -> json.put("included", name));
    byte[] octets = json.toString().getBytes(StandardCharsets.UTF_8);
    return MARK + Base64.getEncoder().encodeToString(octets);
  }

  /** Whether a script was written by us. */
  static boolean isIn(String script) {
    return script.lines().anyMatch(line -> line.startsWith(MARK));
  }

  /** Reads them from a script; nothing set if somebody else wrote it. */
  static VacationSettings of(String script, boolean isActive) {
    return script
        .lines()
        .filter(line -> line.startsWith(MARK))
        .findFirst()
        .flatMap(line -> json(line.substring(MARK.length()).strip()))
        .map(json -> of(json, isActive))
        .orElseGet(() -> new VacationSettings(VacationResponse.none(), Optional.empty()));
  }

  private static VacationSettings of(JsonNode json, boolean isActive) {
    return new VacationSettings(
        new VacationResponse(
            isActive,
            text(json, "fromDate").flatMap(Dates::parseInstant),
            text(json, "toDate").flatMap(Dates::parseInstant),
            text(json, "subject"),
            text(json, "textBody"),
            text(json, "htmlBody")),
        text(json, "included"));
  }

  private static Optional<String> text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private static Optional<JsonNode> json(String base64) {
    try {
      return Optional.of(JsonMapper.shared().readTree(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }
}
