package org.jmapproxy.mail.email;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all /parse methods have in common (RFC 8621 section 4.9, RFC 9007 section 2.2): blobs, also
 * parts of messages, become objects, or are found not to be what they should be, or not found.
 */
public final class ParseCall {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final MethodContext context;
  private final Id accountId;
  private final CallContext call;
  private final BlobRole blobs;

  /**
   * Begins a call.
   *
   * @param accountId whose blobs are parsed
   */
  public ParseCall(MethodContext context, Id accountId) {
    this.context = context;
    this.accountId = accountId;
    call = context.callContext(accountId);
    blobs = new PartBlobs(context.role(accountId, BlobRole.ROLE));
  }

  /** What roles are told. */
  public CallContext call() {
    return call;
  }

  /**
   * Parses blobs.
   *
   * @param blobIds an array of strings
   * @param parser gives the object that is shown, or nothing for a blob that cannot be parsed
   * @return the arguments of the response
   */
  public ObjectNode parse(JsonNode blobIds, BiFunction<Id, Blob, Optional<ObjectNode>> parser) {
    refuseTooMany(blobIds.size(), context.limits().maxObjectsInGet());
    ObjectNode parsed = JSON.objectNode();
    Set<String> notParsable = new LinkedHashSet<>();
    Set<String> notFound = new LinkedHashSet<>();
    for (String id : distinct(blobIds)) {
      refuseToGoOn();
      Optional<Blob> blob = Id.isValid(id) ? blobs.find(call, Id.of(id)) : Optional.<Blob>empty();
      Optional<ObjectNode> object = blob.flatMap(found -> parser.apply(Id.of(id), found));
      if (blob.isEmpty()) {
        notFound.add(id);
      } else if (object.isEmpty()) {
        notParsable.add(id);
      } else {
        parsed.set(id, object.get());
      }
    }
    ObjectNode response = JSON.objectNode().put("accountId", accountId.value());
    response.set("parsed", parsed.isEmpty() ? NullNode.instance : parsed);
    response.set("notParsable", orNull(notParsable));
    response.set("notFound", orNull(notFound));
    return response;
  }

  private Set<String> distinct(JsonNode ids) {
    Set<String> distinct = new LinkedHashSet<>();
    ids.forEach(id -> distinct.add(context.creationIds().apply(id.stringValue())));
    return distinct;
  }

  private static void refuseTooMany(int count, int limit) {
    if (count > limit) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInGet is " + limit + ", this is " + count));
    }
  }

  /** Parsing is quick, fetching many large messages is not. */
  private void refuseToGoOn() {
    if (context.clock().instant().isAfter(call.deadline())) {
      throw new MethodException(
          MethodError.serverUnavailable("There was no time to parse all of these blobs"));
    }
  }

  private static JsonNode orNull(Collection<String> ids) {
    if (ids.isEmpty()) {
      return NullNode.instance;
    }
    ArrayNode array = JSON.arrayNode();
    ids.forEach(array::add);
    return array;
  }
}
