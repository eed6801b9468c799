package org.jmapproxy.mail.quota;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.node.JsonNodeFactory;

/** Quotas (RFC 9425). An account has the capability when its quotas can be read. Stateless. */
public final class QuotaModule implements JmapModule {

  /** The name of the capability. */
  public static final String URN = "urn:ietf:params:jmap:quota";

  /** The module; it has nothing to configure. */
  public QuotaModule() {}

  @Override
  public List<Capability> capabilities() {
    return List.of(
        Capability.of(
            URN,
            account ->
                account.roles().has(QuotaType.TYPE.readRole())
                    ? Optional.of(JsonNodeFactory.instance.objectNode())
                    : Optional.empty()));
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(QuotaType.TYPE);
  }
}
