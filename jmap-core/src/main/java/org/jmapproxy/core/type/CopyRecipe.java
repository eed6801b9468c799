package org.jmapproxy.core.type;

import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.CallContinuation;
import tools.jackson.databind.node.ObjectNode;

/**
 * How objects get from one account to another (RFC 8620 section 5.4). Written on calls alone, so
 * that both accounts may be local or forwarded.
 */
@FunctionalInterface
public interface CopyRecipe {

  /**
   * Copies objects.
   *
   * @param call makes calls and moves blobs
   * @param fromAccountId where the originals are
   * @param accountId where the copies go
   * @param create the {@code create} argument: per creation id the original's id and new values
   * @return what became of each copy
   */
  Result copy(CallContinuation call, Id fromAccountId, Id accountId, ObjectNode create);

  /**
   * What became of the copies.
   *
   * @param created created objects by creation id
   * @param notCreated SetErrors by creation id
   */
  record Result(ObjectNode created, ObjectNode notCreated) {}
}
