package org.jmapproxy.core.method;

import java.util.List;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.node.ObjectNode;

/** Makes further calls on behalf of a call, with the rights of the same principal. */
public interface CallContinuation {

  /**
   * Makes one call, local or forwarded.
   *
   * @return its responses, the first one being the call's own
   */
  List<Invocation> call(String method, ObjectNode arguments);

  /**
   * Copies a blob between accounts, streaming.
   *
   * @throws MethodException when the blob does not exist ({@code blobNotFound}) or is too large
   */
  UploadedBlob copyBlob(Id fromAccountId, Id blobId, Id accountId);
}
