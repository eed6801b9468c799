package org.jmapproxy.server.accounts;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An address that the user may send from.
 *
 * @param name what is written before the address; may be empty
 * @param email the address; {@code *@domain} stands for every address of the domain
 */
public record SenderIdentity(String name, String email) {

  private static final int MOST = 1000;
  private static final int LONGEST = 320;

  /** The list in JSON, as the management API has it. */
  public static ArrayNode write(List<SenderIdentity> identities) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    identities.forEach(one -> array.addObject().put("name", one.name()).put("email", one.email()));
    return array;
  }

  /**
   * Reads the list.
   *
   * @throws InvalidAccountException if it is not a list of addresses
   */
  static List<SenderIdentity> read(JsonNode json) {
    if (!json.isArray() || json.size() > MOST) {
      throw invalid();
    }
    List<SenderIdentity> identities = new ArrayList<>();
    for (JsonNode one : json) {
      identities.add(new SenderIdentity(text(one.path("name")), email(one.path("email"))));
    }
    return identities;
  }

  static List<SenderIdentity> parse(String column) {
    return read(JsonMapper.shared().readTree(column));
  }

  private static String email(JsonNode json) {
    String email = text(json);
    boolean isAddress =
        email.indexOf('@') > 0
            && email.indexOf('@') < email.length() - 1
            && email.codePoints().noneMatch(Character::isWhitespace);
    if (!isAddress) {
      throw invalid();
    }
    return email;
  }

  private static String text(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return "";
    }
    String text = json.asString("");
    if (!json.isString()
        || text.length() > LONGEST
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw invalid();
    }
    return text;
  }

  private static InvalidAccountException invalid() {
    return new InvalidAccountException(
        "identities must be a list of at most 1000 objects with a name and an email");
  }
}
