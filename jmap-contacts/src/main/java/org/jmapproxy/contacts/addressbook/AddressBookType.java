package org.jmapproxy.contacts.addressbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.contacts.ContactsLimits;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.SetConclusion.Touched;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The data type AddressBook (RFC 9610 section 2): /get, /changes and /set. */
public final class AddressBookType {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** AddressBook/set: whether ContactCards in no other AddressBook go with it. */
  public static final Argument<Boolean> ON_DESTROY_REMOVE_CONTENTS =
      Argument.flag("onDestroyRemoveContents", false);

  /**
   * AddressBook/set: the AddressBook to be the default, an id or a creation id behind {@code #}.
   */
  public static final Argument<Optional<String>> ON_SUCCESS_SET_IS_DEFAULT =
      new Argument<>(
          "onSuccessSetIsDefault",
          JsonType.STRING.orNull(),
          id -> Optional.of(id.stringValue()),
          Optional.empty());

  /** The declaration. */
  public static final DataType<AddressBook, NewAddressBook, AddressBookUpdate> TYPE = declare();

  private AddressBookType() {}

  private static DataType<AddressBook, NewAddressBook, AddressBookUpdate> declare() {
    DataTypeBuilder<AddressBook, NewAddressBook, AddressBookUpdate> type =
        DataType.named("AddressBook", ContactsLimits.URN, AddressBook::id);
    return type.property(
            Property.writable("name", JsonType.STRING, book -> JSON.stringNode(book.name())))
        .property(
            Property.<AddressBook>writable(
                    "description",
                    JsonType.STRING.orNull(),
                    book ->
                        book.description()
                            .<JsonNode>map(JSON::stringNode)
                            .orElse(NullNode.getInstance()))
                .withDefault(NullNode.getInstance()))
        .property(
            Property.<AddressBook>writable(
                    "sortOrder", JsonType.UNSIGNED_INT, book -> JSON.numberNode(book.sortOrder()))
                .withDefault(JSON.numberNode(0)))
        .property(
            Property.serverSet(
                "isDefault", JsonType.BOOLEAN, book -> BooleanNode.valueOf(book.isDefault())))
        .property(
            Property.<AddressBook>writable(
                    "isSubscribed",
                    JsonType.BOOLEAN,
                    book -> BooleanNode.valueOf(book.isSubscribed()))
                .withDefault(BooleanNode.TRUE))
        .property(
            Property.<AddressBook>writable(
                    "shareWith",
                    JsonType.idMapOf(AddressBookRights.TYPE).orNull(),
                    book -> shareWith(book.shareWith()))
                .withDefault(NullNode.getInstance()))
        .property(Property.serverSet("myRights", JsonType.OBJECT, book -> book.myRights().toJson()))
        .methods(StandardMethod.CHANGES, StandardMethod.SET)
        .creations(AddressBookDecoder::creation)
        .updates(AddressBookDecoder::update)
        .createResponse("isDefault", "myRights")
        .arguments(StandardMethod.SET, ON_DESTROY_REMOVE_CONTENTS, ON_SUCCESS_SET_IS_DEFAULT)
        .conclusion(AddressBookType::makeDefault)
        .build();
  }

  private static JsonNode shareWith(Optional<Map<Id, AddressBookRights>> rights) {
    if (rights.isEmpty()) {
      return NullNode.getInstance();
    }
    ObjectNode json = JSON.objectNode();
    rights.get().forEach((id, given) -> json.set(id.value(), given.toJson()));
    return json;
  }

  /** An id that is not found, or may not be the default, is ignored (section 2.3). */
  private static List<Touched<AddressBook>> makeDefault(
      CallContext context, Roles roles, Arguments arguments, UnaryOperator<String> creationIds) {
    Optional<Id> wanted =
        arguments.get(ON_SUCCESS_SET_IS_DEFAULT).map(creationIds).filter(Id::isValid).map(Id::of);
    Optional<DefaultAddressBookRole> role = roles.find(DefaultAddressBookRole.ROLE);
    return wanted.isEmpty() || role.isEmpty()
        ? List.of()
        : role.get().makeDefault(context, wanted.get()).stream()
            .map(book -> new Touched<>(book, Set.of("isDefault")))
            .toList();
  }
}
