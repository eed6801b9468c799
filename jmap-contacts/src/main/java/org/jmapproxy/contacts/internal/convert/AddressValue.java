package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** ADR (RFC 9555 section 2.6.1). */
final class AddressValue implements ValueRule {

  static final StructuredValue COMPONENTS = new StructuredValue(ComponentTable.ADDRESS);

  /** {@code LABEL}, in which older writers have a line end as {@code \n}. */
  static final ParameterRule LABEL =
      ParameterRules.converted(
          "LABEL",
          "full",
          label -> Optional.of(label.replace("\\n", "\n").replace("\\N", "\n")),
          Optional::of);

  @Override
  public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
    boolean components = COMPONENTS.read(line, parameters, entry);
    return components
        || List.of("full", "countryCode", "coordinates", "timeZone").stream().anyMatch(entry::has);
  }

  @Override
  public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
    boolean version4 = version == VCardVersion.V4_0;
    if (!COMPONENTS.write(entry, line, !version4, version4)) {
      line.value(COMPONENTS.value(List.of(), version4));
    }
    return true;
  }

  /** Whether there is nothing about an address but where it is. */
  static boolean isOnlyAPlace(ObjectNode address) {
    return !address.has("components")
        && !address.has("full")
        && !address.has("countryCode")
        && (address.has("coordinates") || address.has("timeZone"));
  }
}
