package org.jmapproxy.contacts.addressbook;

import java.util.List;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody may do with an AddressBook (RFC 9610 section 2).
 *
 * @param mayRead fetch its ContactCards
 * @param mayWrite create, change and destroy ContactCards in it, or move them to or from it
 * @param mayShare change {@code shareWith}
 * @param mayDelete destroy it
 */
public record AddressBookRights(
    boolean mayRead, boolean mayWrite, boolean mayShare, boolean mayDelete) {

  private static final List<String> NAMES = List.of("mayRead", "mayWrite", "mayShare", "mayDelete");

  /** Each right is there, and is a Boolean. */
  static final JsonType TYPE =
      JsonType.simple(
          "an AddressBookRights object",
          value ->
              value.isObject()
                  && value.size() == NAMES.size()
                  && NAMES.stream().allMatch(name -> value.path(name).isBoolean()));

  private static final AddressBookRights ALL = new AddressBookRights(true, true, true, true);

  /** Everything is allowed. */
  public static AddressBookRights all() {
    return ALL;
  }

  /** Whether this includes another set of rights. */
  public boolean includes(AddressBookRights other) {
    return (mayRead || !other.mayRead)
        && (mayWrite || !other.mayWrite)
        && (mayShare || !other.mayShare)
        && (mayDelete || !other.mayDelete);
  }

  /** These rights and those of another set. */
  public AddressBookRights and(AddressBookRights other) {
    return new AddressBookRights(
        mayRead || other.mayRead,
        mayWrite || other.mayWrite,
        mayShare || other.mayShare,
        mayDelete || other.mayDelete);
  }

  static AddressBookRights of(JsonNode json) {
    return new AddressBookRights(
        json.path("mayRead").asBoolean(false),
        json.path("mayWrite").asBoolean(false),
        json.path("mayShare").asBoolean(false),
        json.path("mayDelete").asBoolean(false));
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mayRead", mayRead)
        .put("mayWrite", mayWrite)
        .put("mayShare", mayShare)
        .put("mayDelete", mayDelete);
  }
}
