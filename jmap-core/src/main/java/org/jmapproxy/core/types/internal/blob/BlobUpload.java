package org.jmapproxy.core.types.internal.blob;

import java.util.List;
import java.util.Map;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.types.BlobModule;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code Blob/upload} (RFC 9404 section 4.1). */
public final class BlobUpload implements Method {

  /** How many pieces a blob may be made of. */
  public static final int MAX_DATA_SOURCES = 64;

  /** The method; it has nothing to configure. */
  public BlobUpload() {}

  @Override
  public String name() {
    return "Blob/upload";
  }

  @Override
  public String capability() {
    return BlobModule.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    Map<String, ObjectNode> creations = reader.objectsByCreationId("create");
    reader.end();
    BlobRole blobs = context.role(accountId, BlobRole.ROLE);
    if (context.account(accountId).isReadOnly()) {
      throw new MethodException(MethodError.accountReadOnly());
    }
    if (creations.size() > context.limits().maxObjectsInSet()) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInSet is " + context.limits().maxObjectsInSet()));
    }

    BlobMaking making = new BlobMaking(context, accountId, blobs);
    ObjectNode created = JsonNodeFactory.instance.objectNode();
    ObjectNode notCreated = JsonNodeFactory.instance.objectNode();
    creations.forEach(
        (creationId, upload) -> {
          try {
            UploadedBlob blob = making.make(upload);
            context.created(creationId, blob.blobId());
            created.set(creationId, rendered(blob));
          } catch (RefusedUploadException e) {
            notCreated.set(creationId, e.error().toJson());
          } catch (RuntimeException e) {
            notCreated.set(creationId, failed(e).toJson());
          }
        });
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("accountId", accountId.value());
    putOrNull(response, "created", created);
    putOrNull(response, "notCreated", notCreated);
    return List.of(new Invocation(name(), response, ""));
  }

  private static SetError failed(RuntimeException e) {
    return Failures.toSetError(e, "Blob/upload");
  }

  private static ObjectNode rendered(UploadedBlob blob) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", blob.blobId().value())
        .put("type", blob.type())
        .put("size", blob.size());
  }

  private static void putOrNull(ObjectNode response, String name, ObjectNode entries) {
    response.set(name, entries.isEmpty() ? JsonNodeFactory.instance.nullNode() : entries);
  }
}
