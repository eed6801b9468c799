package org.jmapproxy.contacts.internal.convert;

import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.LineWriter;
import org.jmapproxy.contacts.internal.line.Text;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** OnlineServices: IMPP, SOCIALPROFILE, and what was in use before them. */
final class ServiceValues {

  private ServiceValues() {}

  /** SOCIALPROFILE (RFC 9554 section 3.5): a URI or the name of a user. */
  static ValueRule socialProfile() {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        service(parameters, entry);
        value(line, entry);
        return !line.value().isBlank();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        line.set("SERVICE-TYPE", Members.string(entry, "service"));
        return uriOrUser(entry, line, "USERNAME");
      }
    };
  }

  /** IMPP (RFC 6350 section 6.4.3): a URI. Apple names the service in a parameter of its own. */
  static ValueRule impp() {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        service(parameters, entry);
        entry.put("uri", ValueRules.plainUri(line.value()));
        return !line.value().isBlank();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> uri = Members.string(entry, "uri");
        line.set(
            version == VCardVersion.V4_0 ? "SERVICE-TYPE" : "X-SERVICE-TYPE",
            Members.string(entry, "service"));
        line.set("USERNAME", Members.string(entry, "user"));
        uri.ifPresent(line::value);
        return uri.isPresent();
      }
    };
  }

  /** Apple's X-SOCIALPROFILE, which has the service as TYPE. */
  static ValueRule appleSocialProfile() {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        service(parameters, entry);
        parameters.take("X-USER").ifPresent(user -> entry.put("user", user));
        if (!entry.has("service")) {
          parameters.take("TYPE").ifPresent(service -> entry.put("service", service));
        }
        value(line, entry);
        return !line.value().isBlank();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Members.string(entry, "service")
            .ifPresent(
                service -> {
                  if (LineWriter.isName(service)) {
                    line.addType(service);
                  } else {
                    line.set("X-SERVICE-TYPE", service);
                  }
                });
        return uriOrUser(entry, line, "X-USER");
      }
    };
  }

  /** X-JABBER and its like: a user of the service that the property is named after. */
  static ValueRule userOf(String service) {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        entry.put("service", service).put("user", Text.unescape(line.value()));
        return !line.value().isBlank();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> user = Members.string(entry, "user");
        user.ifPresent(name -> line.value(Text.escape(name)));
        return user.isPresent()
            && !entry.has("uri")
            && service.equals(Members.string(entry, "service").orElse(""));
      }
    };
  }

  private static void service(ParameterCursor parameters, ObjectNode entry) {
    parameters
        .take("SERVICE-TYPE")
        .or(() -> parameters.take("X-SERVICE-TYPE"))
        .ifPresent(service -> entry.put("service", service));
    parameters.take("USERNAME").ifPresent(user -> entry.put("user", user));
  }

  private static void value(ContentLine line, ObjectNode entry) {
    String uri = ValueRules.plainUri(line.value());
    boolean text =
        line.parameters()
            .first("VALUE")
            .map(type -> type.toLowerCase(Locale.ROOT).equals("text"))
            .orElseGet(() -> !ValueRules.isUri(uri));
    if (text) {
      entry.put("user", Text.unescape(line.value()));
    } else {
      entry.put("uri", uri);
    }
  }

  private static boolean uriOrUser(ObjectNode entry, LineDraft line, String userParameter) {
    Optional<String> uri = Members.string(entry, "uri").filter(ValueRules::isUri);
    Optional<String> user = Members.string(entry, "user");
    if (uri.isPresent()) {
      line.set(userParameter, user).value(uri.get());
    } else {
      user.ifPresent(name -> line.set("VALUE", "text").value(Text.escape(name)));
    }
    return uri.isPresent() || user.isPresent();
  }
}
