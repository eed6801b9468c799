package org.jmapproxy.core.types.internal.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes blobs of pieces; ranges of other blobs are streamed, one after the other. */
final class BlobMaking {

  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,255}");
  private static final Set<String> KNOWN = Set.of("data", "type");

  private final MethodContext context;
  private final CallContext callContext;
  private final BlobRole blobs;

  BlobMaking(MethodContext context, Id accountId, BlobRole blobs) {
    this.context = context;
    this.callContext = context.callContext(accountId);
    this.blobs = blobs;
  }

  /**
   * Makes one blob.
   *
   * @throws RefusedUploadException when the object does not say what to make
   */
  UploadedBlob make(ObjectNode upload) {
    for (String name : upload.propertyNames()) {
      if (!KNOWN.contains(name)) {
        throw refused(name, "is not known");
      }
    }
    String type = type(upload.path("type"));
    List<DataSource> sources = sources(upload.path("data"));
    long size = sources.stream().mapToLong(DataSource::size).sum();
    long maxSize = context.limits().maxSizeUpload();
    if (size > maxSize) {
      throw new RefusedUploadException(
          SetError.tooLarge("maxSizeBlobSet is " + maxSize + ", this is " + size));
    }
    try (InputStream all = new SequenceInputStream(Collections.enumeration(opened(sources)))) {
      return blobs.upload(callContext, type, all);
    } catch (IOException e) {
      throw new UncheckedIOException("a source could not be closed", e);
    }
  }

  private static String type(JsonNode type) {
    if (type.isMissingNode() || type.isNull()) {
      return DEFAULT_TYPE;
    }
    if (!type.isString() || !PRINTABLE.matcher(type.stringValue()).matches()) {
      throw refused("type", "must be a media type");
    }
    return type.stringValue();
  }

  private List<DataSource> sources(JsonNode data) {
    if (!data.isArray()) {
      throw refused("data", "must be an array");
    }
    if (data.size() > BlobUpload.MAX_DATA_SOURCES) {
      throw new RefusedUploadException(
          SetError.tooLarge("maxDataSources is " + BlobUpload.MAX_DATA_SOURCES));
    }
    List<DataSource> sources = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      if (!(data.get(i) instanceof ObjectNode source)) {
        throw refused("data/" + i, "must be an object");
      }
      try {
        sources.add(DataSource.read(source, this::find));
      } catch (IllegalArgumentException e) {
        throw refused("data/" + i, String.valueOf(e.getMessage()));
      }
    }
    return sources;
  }

  private Blob find(String blobId) {
    String resolved = context.creationIds().apply(blobId);
    if (!Id.isValid(resolved)) {
      throw new IllegalArgumentException("there is no blob " + blobId);
    }
    return blobs
        .find(callContext, Id.of(resolved))
        .orElseThrow(() -> new IllegalArgumentException("there is no blob " + blobId));
  }

  private static RefusedUploadException refused(String property, String problem) {
    return new RefusedUploadException(SetError.invalidProperty(property, problem));
  }

  /** Opens each source only when the one before has been read. */
  private static List<InputStream> opened(List<DataSource> sources) {
    return new AbstractList<>() {
      @Override
      public InputStream get(int index) {
        return sources.get(index).open();
      }

      @Override
      public int size() {
        return sources.size();
      }
    };
  }
}
