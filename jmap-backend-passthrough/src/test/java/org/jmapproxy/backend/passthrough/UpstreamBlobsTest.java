package org.jmapproxy.backend.passthrough;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.transport.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and downloads pass through; nothing is kept on the way. */
class UpstreamBlobsTest {

  private static final Id BLOB = Id.of("b1");

  @TempDir Path directory;
  private ScriptedUpstream upstream;
  private TestProxy proxy;

  @BeforeEach
  void start() {
    upstream = new ScriptedUpstream();
    proxy = new TestProxy(directory, upstream.at("/session"), Map.of()).ready();
  }

  @AfterEach
  void stop() {
    proxy.close();
    upstream.close();
  }

  @Test
  void anUploadArrivesBeforeItIsWhole() {
    CountDownLatch firstHalfArrived = new CountDownLatch(1);
    upstream.on(
        "/up/u",
        exchange -> {
          InputStream body = exchange.getRequestBody();
          body.readNBytes(100_000);
          firstHalfArrived.countDown();
          int rest = body.readAllBytes().length;
          ScriptedUpstream.json(
              exchange,
              201,
              TestProxy.json(
                  "{'accountId': 'u', 'blobId': 'b1', 'type': 'text/x', 'size': "
                      + (100_000 + rest)
                      + "}"));
        });

    Answer answer = upload(OptionalLong.of(200_000), new Halves(firstHalfArrived));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(new String(answer.body(), UTF_8))
        .contains("\"accountId\":\"ann\"", "\"size\":200000", "\"blobId\":\"b1\"");
    assertThat(upstream.seen("/up/u").get(0).headers())
        .containsEntry("Content-length", "200000")
        .containsEntry("Content-type", "text/x");
  }

  @Test
  void anUploadThatBreaksOffIsNotStoredAsIfItWereWhole() {
    upstream.on(
        "/up/u",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          ScriptedUpstream.json(exchange, 201, TestProxy.json("{'blobId': 'b1', 'size': 3}"));
        });

    Answer answer = upload(OptionalLong.of(10), new ByteArrayInputStream(new byte[3]));

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void whatTheUpstreamSaysOfAnUploadIsTold() {
    upstream.on("/up/u", exchange -> ScriptedUpstream.text(exchange, 413, "text/plain", "no"));
    assertThat(new String(uploadOf(3).body(), UTF_8)).contains("maxSizeUpload");
    upstream.on("/up/u", exchange -> ScriptedUpstream.text(exchange, 403, "text/plain", "no"));
    assertThat(uploadOf(3).status()).isEqualTo(403);
    upstream.on("/up/u", exchange -> ScriptedUpstream.text(exchange, 200, "text/html", "<html>"));
    assertThat(uploadOf(3).status()).isEqualTo(503);
  }

  @Test
  void aDownloadIsOneRequestAndItsPartsAreOthers() throws IOException {
    serve("0123456789");
    Blob blob = proxy.server.download(TestProxy.ANN, TestProxy.ACCOUNT, BLOB).orElseThrow();
    try (InputStream all = blob.open()) {
      assertThat(new String(all.readAllBytes(), UTF_8)).isEqualTo("0123456789");
    }
    assertThat(upstream.seen("/down/u/b1/")).hasSize(1);

    try (InputStream part = blob.open(4, 3)) {
      assertThat(new String(part.readAllBytes(), UTF_8)).isEqualTo("456");
    }
    assertThat(blob.size()).isEqualTo(10);
    assertThat(blob.type()).isEqualTo("text/x");
    blob.release();
  }

  @Test
  void aBlobWhoseSizeNobodyTellsCanBeRead() throws IOException {
    upstream.on(
        "/down/u",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("unknown".getBytes(UTF_8));
          exchange.close();
        });
    Blob blob = proxy.server.download(TestProxy.ANN, TestProxy.ACCOUNT, BLOB).orElseThrow();

    assertThat(blob.sizeIfKnown()).isEmpty();
    try (InputStream all = blob.open(0, Long.MAX_VALUE)) {
      assertThat(all.readAllBytes()).hasSize(7);
    }
    assertThat(blob.size()).isEqualTo(7);
    blob.release();
  }

  @Test
  void aDownloadThatBreaksOffDoesNotEndAsIfItWereWhole() throws IOException {
    upstream.on(
        "/down/u",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    Blob blob = proxy.server.download(TestProxy.ANN, TestProxy.ACCOUNT, BLOB).orElseThrow();

    try (InputStream all = blob.open()) {
      assertThatThrownBy(all::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBlobThatIsNotThereIsNotThere() {
    assertThat(proxy.server.download(TestProxy.ANN, TestProxy.ACCOUNT, BLOB)).isEmpty();
  }

  private void serve(String text) {
    upstream.on(
        "/down/u",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          ScriptedUpstream.text(
              exchange, range == null ? 200 : 206, "text/x", text.substring(from));
        });
  }

  private Answer uploadOf(int size) {
    return upload(OptionalLong.of(size), new ByteArrayInputStream(new byte[size]));
  }

  private Answer upload(OptionalLong length, InputStream data) {
    return proxy.server.upload(TestProxy.ANN, TestProxy.ACCOUNT, "text/x", length, data);
  }

  /** 200,000 octets, of which the second half comes when the first has arrived. */
  private static final class Halves extends InputStream {
    private final CountDownLatch firstHalfArrived;
    private int count;

    Halves(CountDownLatch firstHalfArrived) {
      this.firstHalfArrived = firstHalfArrived;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : 0;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      if (count == 200_000) {
        return -1;
      }
      if (count >= 150_000) {
        await();
      }
      int read = Math.min(length, (count < 150_000 ? 150_000 : 200_000) - count);
      count += read;
      return read;
    }

    private void await() throws IOException {
      try {
        if (!firstHalfArrived.await(10, TimeUnit.SECONDS)) {
          throw new IOException("nothing arrived");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}
