package org.jmapproxy.mail.identity;

import java.util.function.Function;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import org.jmapproxy.mail.capability.SubmissionCapability;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The data type Identity (RFC 8621 section 6). */
public final class IdentityType {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The declaration: /get, /changes and /set. */
  public static final DataType<Identity, NewIdentity, IdentityUpdate> TYPE = declare();

  private IdentityType() {}

  private static DataType<Identity, NewIdentity, IdentityUpdate> declare() {
    return DataType.<Identity, NewIdentity, IdentityUpdate>named(
            "Identity", SubmissionCapability.URN, Identity::id)
        .property(text("name", Identity::name))
        .property(
            Property.immutable(
                "email", JsonType.STRING, identity -> JSON.stringNode(identity.email())))
        .property(
            Property.<Identity>writable(
                    "replyTo", AddressJson.TYPE, identity -> AddressJson.write(identity.replyTo()))
                .withDefault(NullNode.instance))
        .property(
            Property.<Identity>writable(
                    "bcc", AddressJson.TYPE, identity -> AddressJson.write(identity.bcc()))
                .withDefault(NullNode.instance))
        .property(text("textSignature", Identity::textSignature))
        .property(text("htmlSignature", Identity::htmlSignature))
        .property(
            Property.serverSet(
                "mayDelete",
                JsonType.BOOLEAN,
                identity -> BooleanNode.valueOf(identity.mayDelete())))
        .methods(StandardMethod.CHANGES, StandardMethod.SET)
        .creations(IdentityDecoder::creation)
        .updates(IdentityDecoder::update)
        .createResponse("mayDelete")
        .build();
  }

  private static Property<Identity> text(String name, Function<Identity, String> getter) {
    return Property.<Identity>writable(
            name, JsonType.STRING, identity -> JSON.stringNode(getter.apply(identity)))
        .withDefault(JSON.stringNode(""));
  }
}
