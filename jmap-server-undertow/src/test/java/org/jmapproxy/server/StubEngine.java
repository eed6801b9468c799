package org.jmapproxy.server;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.*;
import org.jmapproxy.core.transport.*;

final class StubEngine implements JmapServer {
  private final AccountProvider accounts;

  StubEngine(AccountProvider accounts) {
    this.accounts = accounts;
  }

  @Override
  public Limits limits() {
    return Limits.standard();
  }

  @Override
  public Answer handle(Principal principal, byte[] body) {
    return Answer.json(200, body);
  }

  @Override
  public Answer session(Principal principal, SessionUrls urls) {
    return Answer.json(
        200,
        ("{\"username\":\"" + principal.username() + "\",\"apiUrl\":\"" + urls.apiUrl() + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private BlobRole blobs(Principal principal, Id accountId) {
    return accounts.visibleTo(principal).stream()
        .filter(a -> a.id().equals(accountId))
        .findFirst()
        .orElseThrow(() -> new RequestException(RequestError.plain(404, "no such account")))
        .roles()
        .find(BlobRole.ROLE)
        .orElseThrow();
  }

  @Override
  public Answer upload(
      Principal principal, Id accountId, String type, OptionalLong length, InputStream body) {
    UploadedBlob b =
        blobs(principal, accountId)
            .upload(new CallContext(principal, accountId, Instant.MAX), type, body);
    return Answer.json(
        201,
        ("{\"accountId\":\""
                + accountId
                + "\",\"blobId\":\""
                + b.blobId()
                + "\",\"type\":\""
                + b.type()
                + "\",\"size\":"
                + b.size()
                + "}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Blob> download(Principal principal, Id accountId, Id blobId) {
    return blobs(principal, accountId)
        .find(new CallContext(principal, accountId, Instant.MAX), blobId);
  }

  @Override
  public EventStream events(Principal principal, EventStreamRequest request, EventSink sink) {
    List<Subscription> subs =
        accounts.visibleTo(principal).stream()
            .map(
                a ->
                    a.roles()
                        .find(ChangeSignals.ROLE)
                        .orElseThrow()
                        .subscribe(
                            c -> {
                              sink.send(
                                  ("event: state\r\ndata: {\"" + c.accountId() + "\":1}\r\n\r\n")
                                      .getBytes(StandardCharsets.UTF_8));
                              if (request.closeAfterState()) sink.end();
                            }))
            .toList();
    return new EventStream() {
      @Override
      public int pingSeconds() {
        return request.pingSeconds();
      }

      @Override
      public void ping() {
        sink.send("event: ping\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void close() {
        subs.forEach(Subscription::close);
      }
    };
  }

  @Override
  public List<Invocation> call(Principal principal, List<Invocation> calls) {
    return List.of();
  }
}
