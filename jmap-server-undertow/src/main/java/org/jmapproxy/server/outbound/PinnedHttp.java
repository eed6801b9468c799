package org.jmapproxy.server.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.BoundedContent;
import org.jmapproxy.core.http.HttpHeaders;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundHttpException.Reason;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.RequestContent;

/**
 * {@link OutboundHttp} on Apache HttpClient: connects to the very addresses that it looked at.
 * Thread-safe.
 */
public final class PinnedHttp implements OutboundHttp {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 256;
  private static final int CONNECTIONS_TO_ONE = 64;

  private final ScheduledExecutorService timer;
  private final CloseableHttpClient client;
  private volatile boolean closed;

  /**
   * A client without connections.
   *
   * @param addresses which addresses may be connected to
   * @param timer ends requests that take too long
   * @param tls decides which servers are trusted
   */
  public PinnedHttp(AddressPolicy addresses, ScheduledExecutorService timer, SSLContext tls) {
    this.timer = timer;
    Timeout patience = Timeout.of(CONNECT_PATIENCE);
    client =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new CheckedAddresses(addresses))
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                    .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(patience).build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(patience)
                            .setTimeToLive(TimeValue.ofMinutes(5))
                            .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                            .build())
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS_TO_ONE)
                    .build())
            .setUserAgent("JMAP-Proxy")
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableContentCompression()
            .build();
  }

  @Override
  public OutboundResponse send(OutboundRequest request) {
    long started = System.nanoTime();
    HttpUriRequestBase toSend = toApache(request);
    Deadline deadline = new Deadline(timer, toSend);
    Future<?> end = deadline.in(request.bounds().head());
    try {
      ClassicHttpResponse response =
          client.executeOpen(RoutingSupport.determineHost(toSend), toSend, null);
      InputStream content = content(response, deadline, request.bounds().silence());
      return new OutboundResponse(
          response.getCode(),
          headers(response),
          new BoundedContent(content, request.bounds(), started));
    } catch (IOException | HttpException | IllegalStateException e) {
      throw new OutboundHttpException(
          reason(e, deadline), "no response from " + request.uri().getHost(), e);
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public void close() {
    closed = true;
    client.close(CloseMode.IMMEDIATE);
  }

  private static InputStream content(
      ClassicHttpResponse response, Deadline deadline, Duration silence) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return InputStream.nullInputStream();
    }
    if (entity.getContentLength() == 0) {
      entity.getContent().close(); // lets the connection be used again
      return InputStream.nullInputStream();
    }
    return new ArrivingContent(entity.getContent(), deadline, silence);
  }

  private static HttpUriRequestBase toApache(OutboundRequest request) {
    HttpUriRequestBase toSend = new HttpUriRequestBase(request.method(), request.uri());
    toSend.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(CONNECT_PATIENCE))
            .setResponseTimeout(Timeout.DISABLED)
            .build());
    request.headers().forEach(toSend::addHeader);
    request.content().map(PinnedHttp::entity).ifPresent(toSend::setEntity);
    return toSend;
  }

  private static HttpEntity entity(RequestContent content) {
    return new InputStreamEntity(content.opener().get(), content.length().orElse(-1), null);
  }

  private static HttpHeaders headers(ClassicHttpResponse response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (var header : response.getHeaders()) {
      fields.add(Map.entry(header.getName(), Optional.ofNullable(header.getValue()).orElse("")));
    }
    return HttpHeaders.received(fields);
  }

  private Reason reason(Exception failure, Deadline deadline) {
    if (closed) {
      return Reason.ENDED;
    }
    if (failure instanceof ForbiddenAddressException) {
      return Reason.FORBIDDEN;
    }
    if (failure instanceof UnknownHostException) {
      return Reason.UNKNOWN_HOST;
    }
    if (deadline.hasPassed()) {
      return Reason.TIMED_OUT;
    }
    if (failure instanceof ConnectException
        || failure instanceof ConnectTimeoutException
        || failure instanceof ConnectionRequestTimeoutException) {
      return Reason.UNREACHABLE;
    }
    return failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException
        ? Reason.UNTRUSTED
        : Reason.BROKEN;
  }
}
