package org.jmapproxy.core.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jmapproxy.core.http.HttpHeaders;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers every request with the status that the test has set, and keeps what it was sent. */
final class RecordingHttp implements OutboundHttp {

  record Sent(OutboundRequest request, JsonNode json) {}

  private final List<Sent> sent = new ArrayList<>();
  private int status = 201;
  private HttpHeaders headers = HttpHeaders.none();

  void answers(int newStatus) {
    answers(newStatus, HttpHeaders.none());
  }

  /** A status of 0: no connection. */
  void answers(int newStatus, HttpHeaders newHeaders) {
    status = newStatus;
    headers = newHeaders;
  }

  /** What was sent since the last call. */
  List<Sent> take() {
    List<Sent> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  @Override
  public OutboundResponse send(OutboundRequest request) {
    try (InputStream content = request.content().orElseThrow().opener().get()) {
      sent.add(new Sent(request, JsonMapper.shared().readTree(content.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (status == 0) {
      throw new OutboundHttpException(OutboundHttpException.Reason.UNREACHABLE, "nobody there");
    }
    return new OutboundResponse(status, headers, new ByteArrayInputStream(new byte[0]));
  }

  @Override
  public void close() {}
}
