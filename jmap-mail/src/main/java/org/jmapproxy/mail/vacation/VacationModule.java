package org.jmapproxy.mail.vacation;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Vacation responses (RFC 8621 section 8). An account has the capability when something really
 * answers for it: when it has the read role of {@link VacationResponseType}. Stateless.
 */
public final class VacationModule implements JmapModule {

  /** The name of the capability. */
  public static final String URN = "urn:ietf:params:jmap:vacationresponse";

  /** The module; it has nothing to configure. */
  public VacationModule() {}

  @Override
  public List<Capability> capabilities() {
    return List.of(
        Capability.of(
            URN,
            account ->
                account.roles().has(VacationResponseType.TYPE.readRole())
                    ? Optional.of(JsonNodeFactory.instance.objectNode())
                    : Optional.empty()));
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(VacationResponseType.TYPE);
  }
}
