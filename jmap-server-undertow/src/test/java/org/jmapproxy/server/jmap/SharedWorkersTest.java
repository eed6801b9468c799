package org.jmapproxy.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However much one login asks for, there are threads for the others. */
@Timeout(60)
class SharedWorkersTest {
  private static final String GET_BLOB =
      """
      {"using": ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:blob"], "methodCalls":
        [["Blob/get", {"accountId": "alice", "ids": ["f-none"]}, "c"]]}
      """;

  private final CountDownLatch answers = new CountDownLatch(1);
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();
  private final ExecutorService clients = Executors.newFixedThreadPool(150);
  private RunningProxy proxy;

  @BeforeEach
  void start(@TempDir Path data) {
    proxy = RunningProxy.in(data);
    proxy.addAccount("alice", "secret");
    proxy.addAccount("bob", "secret");
    proxy.backend.beforeFind = this::block;
  }

  @AfterEach
  void stop() {
    answers.countDown();
    clients.shutdownNow();
    proxy.close();
  }

  private void block() {
    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
    try {
      assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atWork.decrementAndGet();
    }
  }

  @Test
  void downloadsOfOneLoginDoNotKeepOthersWaiting() throws Exception {
    check(
        () ->
            proxy.jmap("GET", "/raw/alice/f-none/x", "", "Authorization", basic("alice", "secret")),
        404);
  }

  @Test
  void callsOfOneLoginDoNotKeepOthersWaiting() throws Exception {
    check(
        () ->
            proxy.jmap(
                "POST",
                "/jmap",
                GET_BLOB,
                "Authorization",
                basic("alice", "secret"),
                "Content-Type",
                "application/json"),
        200);
  }

  private void check(java.util.function.Supplier<HttpResponse<String>> request, int status)
      throws Exception {
    List<CompletableFuture<HttpResponse<String>>> many =
        IntStream.range(0, 130)
            .mapToObj(i -> CompletableFuture.supplyAsync(request, clients))
            .toList();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (atWork.get() < 32) {
      assertThat(System.nanoTime()).as("at work: " + atWork).isLessThan(end);
      Thread.sleep(5);
    }
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> other =
          CompletableFuture.supplyAsync(
                  () -> proxy.jmap("GET", "/session", "", "Authorization", basic("bob", "secret")),
                  clients)
              .get(10, TimeUnit.SECONDS);
      assertThat(other.statusCode()).isEqualTo(200);
    }
    assertThat(mostAtWork.get()).isEqualTo(32);
    answers.countDown();
    for (CompletableFuture<HttpResponse<String>> one : many) {
      assertThat(one.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(status);
    }
  }
}
