package org.jmapproxy.backend.passthrough.internal.blob;

import java.io.FilterInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.passthrough.internal.http.Turns;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamJson;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.backend.passthrough.internal.session.UpstreamSession;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.RequestContent;
import org.jmapproxy.core.http.ResponseBounds;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Uploads to and downloads from the upstream (RFC 8620 section 6), streamed: nothing is kept here.
 */
public final class UpstreamBlobs implements BlobRole {

  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final long MOST_ANSWERED = 1 << 20;

  /** A large file on a slow line takes its time; what counts is that it goes on. */
  private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(30);

  private final CurrentSession session;
  private final UpstreamClient client;
  private final Clock clock;
  private final Turns uploads;

  /** The blobs of one account. */
  public UpstreamBlobs(CurrentSession session, UpstreamClient client, Clock clock) {
    this.session = session;
    this.client = client;
    this.clock = clock;
    this.uploads =
        new Turns(
            () -> session.known().map(known -> known.limits().maxConcurrentUpload()).orElse(1));
  }

  @Override
  public UploadedBlob upload(CallContext context, String type, InputStream data) {
    return upload(context, type, OptionalLong.empty(), data);
  }

  @Override
  public UploadedBlob upload(
      CallContext context, String type, OptionalLong length, InputStream data) {
    UpstreamSession upstream = session.get();
    if (length.orElse(0) > upstream.limits().maxSizeUpload()) {
      throw new RequestException(RequestError.limit("maxSizeUpload"));
    }
    URI address =
        upstream
            .uploadUrl()
            .orElseThrow(() -> unavailable("the account's server takes no uploads"));
    ResponseBounds bounds =
        new ResponseBounds(
            UPLOAD_PATIENCE, UPLOAD_PATIENCE, Optional.of(UPLOAD_PATIENCE), MOST_ANSWERED);
    OutboundRequest request =
        withType(OutboundRequest.of("POST", address, bounds), type)
            .header("Accept", "application/json")
            .content(new RequestContent(length, () -> leftOpen(data)));
    Duration patience = Duration.between(Instant.now(clock), context.deadline());
    return uploads.during(
        patience.isNegative() ? Duration.ZERO : patience, () -> uploaded(request, type));
  }

  @Override
  public Optional<Blob> find(CallContext context, Id blobId) {
    UpstreamBlob blob = new UpstreamBlob(session, client, blobId);
    return blob.isThere() ? Optional.of(blob) : Optional.empty();
  }

  private UploadedBlob uploaded(OutboundRequest request, String type) {
    try (OutboundResponse response = client.send(request)) {
      if (!response.isSuccess()) {
        throw refusal(response.status());
      }
      return UpstreamJson.object(response.readAll())
          .flatMap(json -> read(json, type))
          .orElseThrow(
              () -> unavailable("the account's server did not tell what became of an upload"));
    } catch (OutboundHttpException e) {
      throw unavailable("the account's server did not tell what became of an upload");
    }
  }

  private static Optional<UploadedBlob> read(ObjectNode json, String type) {
    String blobId = json.path("blobId").asString("");
    if (!Id.isValid(blobId)) {
      return Optional.empty();
    }
    long size = json.path("size").asLong(0);
    return Optional.of(new UploadedBlob(Id.of(blobId), json.path("type").asString(type), size));
  }

  private static RuntimeException refusal(int status) {
    return switch (status) {
      case 413 -> new RequestException(RequestError.limit("maxSizeUpload"));
      case 403 ->
          new RequestException(
              RequestError.plain(403, "the account's server does not allow this upload"));
      default ->
          new BackendException(
              Reason.UNAVAILABLE, "the account's server refuses the upload (" + status + ")");
    };
  }

  /** A type that no header field can have is none. */
  private static OutboundRequest withType(OutboundRequest request, String type) {
    try {
      return request.header("Content-Type", type);
    } catch (IllegalArgumentException e) {
      return request.header("Content-Type", DEFAULT_TYPE);
    }
  }

  /** Whoever opened the data closes them. */
  private static InputStream leftOpen(InputStream data) {
    return new FilterInputStream(data) {
      @Override
      public int read(byte[] octets, int offset, int length) throws java.io.IOException {
        return in.read(octets, offset, length);
      }

      @Override
      public void close() {
        // not ours
      }
    };
  }

  private static BackendException unavailable(String message) {
    return new BackendException(Reason.UNAVAILABLE, message);
  }
}
