package org.jmapproxy.core.types;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobLookupRole;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.types.internal.blob.BlobGet;
import org.jmapproxy.core.types.internal.blob.BlobLookup;
import org.jmapproxy.core.types.internal.blob.BlobUpload;
import org.jmapproxy.core.types.internal.blob.Digest;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Blobs within requests (RFC 9404): Blob/upload, Blob/get and Blob/lookup. An account has the
 * capability when it keeps blobs; lookup additionally takes a {@link BlobLookupRole}. Immutable.
 */
public final class BlobModule implements JmapModule {

  /** The name of the capability. */
  public static final String URN = "urn:ietf:params:jmap:blob";

  private final Limits limits;

  /**
   * The module.
   *
   * @param limits those of the server; a blob made here is no larger than {@code maxSizeUpload}
   */
  public BlobModule(Limits limits) {
    this.limits = limits;
  }

  @Override
  public List<Capability> capabilities() {
    return List.of(Capability.of(URN, this::ofAccount));
  }

  @Override
  public List<Method> methods() {
    return List.of(new BlobUpload(), new BlobGet(), new BlobLookup());
  }

  /** Section 3.1. */
  private Optional<ObjectNode> ofAccount(Account account) {
    if (!account.roles().has(BlobRole.ROLE)) {
      return Optional.empty();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("maxSizeBlobSet", limits.maxSizeUpload());
    json.put("maxDataSources", BlobUpload.MAX_DATA_SOURCES);
    Set<String> types =
        account.roles().find(BlobLookupRole.ROLE).map(BlobLookupRole::typeNames).orElse(Set.of());
    types.stream().sorted().forEach(json.putArray("supportedTypeNames")::add);
    Digest.NAMES.forEach(json.putArray("supportedDigestAlgorithms")::add);
    return Optional.of(json);
  }
}
