package org.jmapproxy.core.internal.blob;

import java.util.List;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code Blob/copy} (RFC 8620 section 6.3). */
public final class BlobCopy implements Method {

  private static final JsonType BLOB_IDS = JsonType.listOf(JsonType.STRING);

  @Override
  public String name() {
    return "Blob/copy";
  }

  @Override
  public String capability() {
    return "urn:ietf:params:jmap:core";
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    String from = reader.requiredString("fromAccountId");
    Id to = reader.accountId();
    JsonNode blobIds = reader.required("blobIds", BLOB_IDS);
    reader.end();
    if (from.equals(to.value())) {
      throw new MethodException(
          MethodError.invalidArgument("fromAccountId", "must differ from accountId"));
    }
    if (blobIds.size() > context.limits().maxObjectsInSet()) {
      throw new MethodException(MethodError.requestTooLarge("more blobs than maxObjectsInSet"));
    }
    requireTarget(context, to);
    return List.of(
        new Invocation(name(), copyAll(context, source(context, from), to, blobIds), ""));
  }

  private static void requireTarget(MethodContext context, Id to) {
    context.role(to, BlobRole.ROLE);
    if (context.account(to).isReadOnly()) {
      throw new MethodException(MethodError.accountReadOnly());
    }
  }

  private static Id source(MethodContext context, String from) {
    if (!Id.isValid(from)) {
      throw new MethodException(MethodError.fromAccountNotFound());
    }
    try {
      context.role(Id.of(from), BlobRole.ROLE);
      return Id.of(from);
    } catch (MethodException e) {
      throw new MethodException(
          e.error().type().equals(MethodError.accountNotFound().type())
              ? MethodError.fromAccountNotFound()
              : MethodError.fromAccountNotSupportedByMethod());
    }
  }

  private static ObjectNode copyAll(MethodContext context, Id from, Id to, JsonNode blobIds) {
    ObjectNode copied = JsonNodeFactory.instance.objectNode();
    ObjectNode notCopied = JsonNodeFactory.instance.objectNode();
    for (JsonNode blobId : blobIds) {
      String name = blobId.stringValue();
      if (copied.has(name) || notCopied.has(name)) {
        continue;
      }
      try {
        copied.put(name, copy(context, from, to, name).value());
      } catch (MethodException e) {
        notCopied.set(name, setError(e.error()).toJson());
      }
    }
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("fromAccountId", from.value()).put("accountId", to.value());
    response.set("copied", copied.isEmpty() ? JsonNodeFactory.instance.nullNode() : copied);
    response.set(
        "notCopied", notCopied.isEmpty() ? JsonNodeFactory.instance.nullNode() : notCopied);
    return response;
  }

  private static Id copy(MethodContext context, Id from, Id to, String blobId) {
    if (!Id.isValid(blobId)) {
      throw new MethodException(MethodError.of(BlobTransfer.BLOB_NOT_FOUND));
    }
    return context.copyBlob(from, Id.of(blobId), to).blobId();
  }

  /**
   * The error keeps its type. For a blob that is not there that is {@code blobNotFound}, as other
   * servers and the public conformance suite have it, where the section says that a server "may"
   * say {@code notFound}.
   */
  private static SetError setError(MethodError error) {
    return new SetError(error.type(), error.description(), List.of(), error.members());
  }
}
