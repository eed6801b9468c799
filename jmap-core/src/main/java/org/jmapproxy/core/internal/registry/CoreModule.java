package org.jmapproxy.core.internal.registry;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.internal.blob.BlobCopy;
import org.jmapproxy.core.internal.limits.CommonLimits;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What every server has: the core capability of RFC 8620 and its methods. */
public final class CoreModule implements JmapModule {

  /** The name of the core capability. */
  public static final String CORE = "urn:ietf:params:jmap:core";

  private final Limits limits;

  /** The module of a server with these limits. */
  public CoreModule(Limits limits) {
    this.limits = limits;
  }

  @Override
  public List<Capability> capabilities() {
    return List.of(new Capability(CORE, this::announced, account -> Optional.empty()));
  }

  @Override
  public List<Method> methods() {
    return List.of(new CoreEcho(), new BlobCopy());
  }

  private ObjectNode announced(List<Account> accounts) {
    Limits common = CommonLimits.of(accounts, limits);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("maxSizeUpload", common.maxSizeUpload())
        .put("maxConcurrentUpload", common.maxConcurrentUpload())
        .put("maxSizeRequest", common.maxSizeRequest())
        .put("maxConcurrentRequests", common.maxConcurrentRequests())
        .put("maxCallsInRequest", common.maxCallsInRequest())
        .put("maxObjectsInGet", common.maxObjectsInGet())
        .put("maxObjectsInSet", common.maxObjectsInSet());
    CommonLimits.collationAlgorithms(accounts).forEach(json.putArray("collationAlgorithms")::add);
    return json;
  }
}
