package org.jmapproxy.backend.passthrough.internal.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.BoundedStream;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.ResponseBounds;
import org.jmapproxy.core.id.Id;

/**
 * A blob at the upstream. The response that told that it is there is the one that is read first;
 * further streams are further requests. Thread-safe.
 */
final class UpstreamBlob implements Blob {

  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CurrentSession session;
  private final UpstreamClient client;
  private final Id blobId;
  private final OptionalLong announced;
  private final String type;
  private Optional<OutboundResponse> ready;
  private OptionalLong counted = OptionalLong.empty();

  /** Asks for a blob. */
  UpstreamBlob(CurrentSession session, UpstreamClient client, Id blobId) {
    this.session = session;
    this.client = client;
    this.blobId = blobId;
    ready = request(0);
    announced = ready.map(UpstreamBlob::length).orElseGet(OptionalLong::empty);
    type =
        ready
            .flatMap(response -> response.headers().first("Content-Type"))
            .filter(value -> !value.isBlank())
            .orElse(DEFAULT_TYPE);
  }

  /** Whether the upstream has it. Of one that it has, the response waits to be read or released. */
  synchronized boolean isThere() {
    return ready.isPresent();
  }

  @Override
  public OptionalLong sizeIfKnown() {
    return announced;
  }

  @Override
  public long size() {
    return announced.orElseGet(this::count);
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public InputStream open(long offset, long length) {
    Optional<OutboundResponse> waiting = offset == 0 ? take() : Optional.empty();
    OutboundResponse response =
        waiting.or(() -> request(offset)).orElseThrow(() -> gone("the blob is gone"));
    return new BoundedStream(new ResponseStream(response), length);
  }

  @Override
  public void release() {
    take().ifPresent(OutboundResponse::close);
  }

  private synchronized Optional<OutboundResponse> take() {
    Optional<OutboundResponse> taken = ready;
    ready = Optional.empty();
    return taken;
  }

  /** The size that nobody told, found out by reading everything. */
  private synchronized long count() {
    if (counted.isEmpty()) {
      try (InputStream all = open(0, Long.MAX_VALUE)) {
        long size = 0;
        byte[] octets = new byte[16_384];
        for (int read = all.read(octets); read >= 0; read = all.read(octets)) {
          size += read;
        }
        counted = OptionalLong.of(size);
      } catch (IOException e) {
        throw new BackendException(Reason.UNAVAILABLE, "the blob could not be read", e);
      }
    }
    return counted.getAsLong();
  }

  /** The data from an octet on; empty when the upstream has no such blob. */
  private Optional<OutboundResponse> request(long offset) {
    URI address =
        session
            .get()
            .downloadUrl(blobId.value(), DEFAULT_TYPE)
            .orElseThrow(() -> gone("the account's server offers no downloads"));
    ResponseBounds bounds =
        new ResponseBounds(PATIENCE, PATIENCE, Optional.empty(), Long.MAX_VALUE);
    OutboundRequest request = OutboundRequest.of("GET", address, bounds);
    OutboundResponse response =
        client.send(offset == 0 ? request : request.header("Range", "bytes=" + offset + "-"));
    return switch (response.status()) {
      case 200 -> Optional.of(offset == 0 ? response : skipped(response, offset));
      case 206 -> Optional.of(response);
      case 204 -> Optional.of(response);
      case 416 -> Optional.of(ended(response));
      case 400, 403, 404, 410 -> {
        response.close();
        yield Optional.empty();
      }
      default -> {
        response.close();
        throw new BackendException(
            Reason.UNAVAILABLE,
            "the account's server refuses the download (" + response.status() + ")");
      }
    };
  }

  /** An upstream may ignore that only a part was asked for. */
  private static OutboundResponse skipped(OutboundResponse response, long offset) {
    try {
      response.content().skipNBytes(offset);
      return response;
    } catch (IOException e) {
      response.close();
      throw new UncheckedIOException(e);
    }
  }

  private static OutboundResponse ended(OutboundResponse response) {
    response.close();
    return new OutboundResponse(200, response.headers(), InputStream.nullInputStream());
  }

  private static OptionalLong length(OutboundResponse response) {
    Optional<String> value = response.headers().first("Content-Length");
    boolean encoded =
        response
            .headers()
            .first("Content-Encoding")
            .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
            .isPresent();
    if (response.status() == 204) {
      return OptionalLong.of(0);
    }
    return value.filter(text -> !encoded && text.matches("[0-9]{1,18}")).stream()
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static BackendException gone(String message) {
    return new BackendException(Reason.UNAVAILABLE, message);
  }
}
