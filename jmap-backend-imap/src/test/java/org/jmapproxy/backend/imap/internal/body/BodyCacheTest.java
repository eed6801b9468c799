package org.jmapproxy.backend.imap.internal.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jmapproxy.core.error.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BodyCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGE = Segments.LARGEST_BODY + 1;

  @TempDir private Path directory;

  private final AtomicInteger fetches = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {0, 10, Segments.LARGEST_BODY, LARGE})
  void whatWasFetchedIsNotFetchedAgainNorAfterARestart(int size) throws IOException {
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      assertThat(read(cache, "a", size)).isEqualTo(body("a", size));
      assertThat(read(cache, "a", size)).isEqualTo(body("a", size));
    }
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      assertThat(read(cache, "a", size)).isEqualTo(body("a", size));
      assertThat(cache.has("b")).isFalse();
    }
    assertThat(fetches).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, LARGE})
  void whatWasUsedLongestAgoGoesWhenThereIsTooMuch(int size) throws IOException {
    long budget = 20L * size;
    try (BodyCache cache = new BodyCache(directory, budget)) {
      for (int i = 0; i < 100; i++) {
        read(cache, "m" + i, size);
        read(cache, "m0", size);
      }
      assertThat(fetches.get()).isLessThan(105);
      assertThat(cache.has("m99")).isTrue();
      assertThat(cache.has("m50")).isFalse();
      assertThat(octetsOnDisk()).isLessThanOrEqualTo(budget + size);
    }
  }

  @Test
  void aDamagedBodyIsFetchedAgain() throws IOException {
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      read(cache, "a", 1000);
      read(cache, "b", 1000);
    }
    Path segment = files().get(0);
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(100);
      file.write(0xff);
      file.setLength(file.length() - 1);
    }
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      assertThat(read(cache, "a", 1000)).isEqualTo(body("a", 1000));
      assertThat(read(cache, "b", 1000)).isEqualTo(body("b", 1000));
    }
    assertThat(fetches).hasValue(4);
  }

  @Test
  void whatAnEarlierLifeDidNotFinishIsNotTaken() throws IOException {
    Files.write(directory.resolve("a" + Delivery.UNFINISHED), new byte[100]);
    Files.write(directory.resolve("segment.7"), new byte[100]);
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      assertThat(cache.has("a")).isFalse();
      assertThat(read(cache, "b", 10)).isEqualTo(body("b", 10));
      assertThat(directory.resolve("a" + Delivery.UNFINISHED)).doesNotExist();
    }
  }

  @Test
  void concurrentReadersShareOneFetch() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      Callable<byte[]> reader =
          () ->
              octets(
                  cache.obtain(
                      "a",
                      PATIENCE,
                      delivery -> {
                        asked.countDown();
                        await(answer);
                        fetches.incrementAndGet();
                        delivery.deliver("a", body("a", 50));
                      }));
      List<Future<byte[]>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        readers.add(threads.submit(reader));
      }
      await(asked);
      answer.countDown();
      for (Future<byte[]> one : readers) {
        assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(body("a", 50));
      }
      assertThat(fetches).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFailureIsToldOfThatFileAloneAndTriedAgain() {
    BackendException refusal =
        new BackendException(BackendException.Reason.UNAVAILABLE, "not this one");
    try (BodyCache cache = new BodyCache(directory, 1 << 20)) {
      Map<String, BackendException> failures =
          cache.obtain(
              List.of("a", "b", "c"),
              PATIENCE,
              delivery -> {
                delivery.deliver("a", body("a", 5));
                delivery.refuse("b", refusal);
              });
      assertThat(failures.keySet()).containsExactlyInAnyOrder("b", "c");
      assertThat(failures.get("b")).isSameAs(refusal);
      assertThatThrownBy(
              () ->
                  cache.obtain(
                      "b",
                      PATIENCE,
                      delivery -> {
                        throw refusal;
                      }))
          .isSameAs(refusal);
      assertThat(cache.has("a")).isTrue();
      assertThat(cache.obtain("b", PATIENCE, source("b", 5))).isNotNull();
    }
  }

  private byte[] read(BodyCache cache, String name, int size) throws IOException {
    return octets(cache.obtain(name, PATIENCE, source(name, size)));
  }

  private BodyCache.Source source(String name, int size) {
    return delivery -> {
      fetches.incrementAndGet();
      delivery.deliver(name, body(name, size));
    };
  }

  private static byte[] octets(Octets octets) throws IOException {
    try (InputStream in = octets.open(0, octets.size())) {
      return in.readAllBytes();
    }
  }

  private static byte[] body(String name, int size) {
    byte[] octets = new byte[size];
    Arrays.fill(octets, (byte) name.hashCode());
    return octets;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  private long octetsOnDisk() throws IOException {
    long octets = 0;
    for (Path file : files()) {
      octets += Files.size(file);
    }
    return octets;
  }
}
