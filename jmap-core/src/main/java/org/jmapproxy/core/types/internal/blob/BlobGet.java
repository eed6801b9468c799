package org.jmapproxy.core.types.internal.blob;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.types.BlobModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code Blob/get} (RFC 9404 section 4.2). Blobs never change: there is no state. */
public final class BlobGet implements Method {

  /** The method; it has nothing to configure. */
  public BlobGet() {}

  @Override
  public String name() {
    return "Blob/get";
  }

  @Override
  public String capability() {
    return BlobModule.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    List<String> ids =
        reader
            .strings("ids")
            .orElseThrow(
                () -> new MethodException(MethodError.invalidArgument("ids", "must not be null")));
    BlobProperties properties = BlobProperties.requested(reader.strings("properties"));
    long offset = reader.unsigned("offset").orElse(0);
    OptionalLong length = reader.unsigned("length");
    reader.end();
    if (ids.size() > context.limits().maxObjectsInGet()) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInGet is " + context.limits().maxObjectsInGet()));
    }
    BlobRole blobs = context.role(accountId, BlobRole.ROLE);
    CallContext callContext = context.callContext(accountId);

    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("accountId", accountId.value());
    ArrayNode list = response.putArray("list");
    ArrayNode notFound = response.putArray("notFound");
    BlobRendering rendering = new BlobRendering(properties, context.limits().maxSizeRequest());
    for (String id : resolved(ids, context)) {
      Optional<Blob> blob = Id.isValid(id) ? blobs.find(callContext, Id.of(id)) : Optional.empty();
      blob.ifPresentOrElse(
          found -> list.add(rendering.render(id, found, offset, length)), () -> notFound.add(id));
    }
    return List.of(new Invocation(name(), response, ""));
  }

  private static Set<String> resolved(List<String> ids, MethodContext context) {
    Set<String> resolved = new LinkedHashSet<>();
    ids.forEach(id -> resolved.add(context.creationIds().apply(id)));
    return resolved;
  }
}
