package org.jmapproxy.core;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.Answer;
import org.jmapproxy.core.transport.EventSink;
import org.jmapproxy.core.transport.EventStream;
import org.jmapproxy.core.transport.EventStreamRequest;

/**
 * Answers JMAP (RFC 8620) over any transport: the transport authenticates, and hands over bytes.
 * Built once, immutable, thread-safe; work is done on the calling thread.
 */
public interface JmapServer {

  /** Starts with no modules and no accounts. */
  static JmapServerBuilder builder() {
    return new JmapServerBuilder();
  }

  /** The announced and enforced limits. */
  Limits limits();

  /**
   * Answers a request (section 3). Never throws: refusals are answers too.
   *
   * @param body the body as it came, at most {@code maxSizeRequest} octets
   */
  Answer handle(Principal principal, byte[] body);

  /** The session object (section 2). */
  Answer session(Principal principal, SessionUrls urls);

  /**
   * Stores an upload (section 6.1). Never throws for what the client did wrong.
   *
   * @param type the media type from the client
   * @param length the size, if the transport knows it
   * @param body read to its end, not closed
   * @return status 201 and the JSON of the uploaded blob, or a problem
   */
  Answer upload(
      Principal principal, Id accountId, String type, OptionalLong length, InputStream body);

  /**
   * Finds a blob to download (section 6.2). It may have been fetched in part already: {@link
   * Blob#release} it in the end.
   *
   * @return empty when there is no such blob
   * @throws RequestException with status 404 when the principal does not see the account, and with
   *     another one when the account's backend fails
   */
  Optional<Blob> download(Principal principal, Id accountId, Id blobId);

  /**
   * Opens an event stream (section 7.3) over all accounts that the principal sees. Events come
   * until the stream is closed by either side.
   *
   * @throws RequestException when the stream cannot be opened
   */
  EventStream events(Principal principal, EventStreamRequest request, EventSink sink);

  /**
   * Makes calls in process, with the rights of a principal and all capabilities in use.
   *
   * @return the responses in order
   */
  List<Invocation> call(Principal principal, List<Invocation> calls);
}
