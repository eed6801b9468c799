package org.jmapproxy.core.internal.http;

import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.BoundedContent;
import org.jmapproxy.core.http.HttpHeaders;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundHttpException.Reason;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.RequestContent;
import org.jmapproxy.core.http.ResponseBounds;
import org.jspecify.annotations.Nullable;

/** {@link OutboundHttp} on the client of the JDK. Thread-safe. */
public final class JdkOutboundHttp implements OutboundHttp {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final AddressPolicy addresses;
  private final Map<Object, Future<?>> underWay = new ConcurrentHashMap<>();
  private final Set<ArrivingContent> arriving = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A client that runs its tasks on an executor and looks at addresses before it connects. */
  public JdkOutboundHttp(Executor executor, AddressPolicy addresses) {
    this.addresses = addresses;
    client =
        HttpClient.newBuilder()
            .executor(executor)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();
  }

  @Override
  public OutboundResponse send(OutboundRequest request) {
    long started = System.nanoTime();
    String host = request.uri().getHost();
    checkAddresses(host);
    HttpRequest toSend = toJdk(request);
    CompletableFuture<HttpResponse<InputStream>> sending =
        client.sendAsync(toSend, info -> content(request.bounds()));
    Object mark = new Object();
    underWay.put(mark, sending);
    try {
      checkOpen();
      HttpResponse<InputStream> response = sending.get();
      return new OutboundResponse(
          response.statusCode(),
          headers(response),
          new BoundedContent(response.body(), request.bounds(), started));
    } catch (ExecutionException e) {
      Reason why = closed ? Reason.ENDED : reason(e.getCause());
      throw new OutboundHttpException(why, "no response from " + host, e);
    } catch (CancellationException e) {
      throw new OutboundHttpException(Reason.ENDED, "the client is closed", e);
    } catch (InterruptedException e) {
      sending.cancel(true);
      Thread.currentThread().interrupt();
      throw new OutboundHttpException(Reason.ENDED, "interrupted", e);
    } finally {
      underWay.remove(mark);
    }
  }

  /** Idle connections end by themselves after a while: the client of JDK 17 has no close. */
  @Override
  public void close() {
    closed = true;
    underWay.values().forEach(sending -> sending.cancel(true));
    arriving.forEach(ArrivingContent::close);
  }

  private void checkOpen() {
    if (closed) {
      underWay.values().forEach(sending -> sending.cancel(true));
      throw new OutboundHttpException(Reason.ENDED, "the client is closed");
    }
  }

  private ArrivingContent content(ResponseBounds bounds) {
    AtomicReference<ArrivingContent> self = new AtomicReference<>();
    ArrivingContent content =
        new ArrivingContent(
            bounds.silence(), () -> Optional.ofNullable(self.get()).ifPresent(arriving::remove));
    self.set(content);
    arriving.add(content);
    return content;
  }

  private void checkAddresses(String host) {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      for (InetAddress address : InetAddress.getAllByName(name)) {
        if (!addresses.allows(address)) {
          throw new OutboundHttpException(
              Reason.FORBIDDEN, host + " is at an address that may not be connected to");
        }
      }
    } catch (UnknownHostException e) {
      throw new OutboundHttpException(Reason.UNKNOWN_HOST, "there is no host " + host, e);
    }
  }

  private static HttpRequest toJdk(OutboundRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(request.bounds().head())
            .method(
                request.method(),
                request
                    .content()
                    .map(JdkOutboundHttp::publisher)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private static HttpRequest.BodyPublisher publisher(RequestContent content) {
    Supplier<InputStream> opener = content.opener();
    HttpRequest.BodyPublisher streamed = HttpRequest.BodyPublishers.ofInputStream(opener);
    if (content.length().isEmpty()) {
      return streamed;
    }
    long length = content.length().getAsLong();
    return length == 0
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.fromPublisher(streamed, length);
  }

  private static HttpHeaders headers(HttpResponse<?> response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    return HttpHeaders.received(fields);
  }

  private static Reason reason(@Nullable Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
      return Reason.UNREACHABLE;
    }
    if (failure instanceof HttpTimeoutException) {
      return Reason.TIMED_OUT;
    }
    return failure instanceof SSLHandshakeException ? Reason.UNTRUSTED : Reason.BROKEN;
  }
}
