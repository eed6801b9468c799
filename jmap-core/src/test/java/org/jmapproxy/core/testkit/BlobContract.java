package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.junit.jupiter.api.Test;

/** What {@link BlobRole} promises. */
public interface BlobContract extends Contract {

  @Test
  default void uploadedDataComeBackAsTheyWere() {
    with(
        BlobRole.ROLE,
        role -> {
          byte[] data = new byte[200_003];
          new Random(7).nextBytes(data);
          UploadedBlob uploaded = upload(role, "image/png", data);
          assertThat(uploaded.size()).isEqualTo(data.length);
          assertThat(uploaded.type()).isEqualTo("image/png");
          Blob blob = role.find(fixture().context(), uploaded.blobId()).orElseThrow();
          assertThat(blob.size()).isEqualTo(data.length);
          assertThat(bytes(blob.open())).isEqualTo(data);
          assertThat(bytes(blob.open())).as("read again").isEqualTo(data);
        });
  }

  @Test
  default void noDataAreDataToo() {
    with(
        BlobRole.ROLE,
        role -> {
          UploadedBlob uploaded = upload(role, "text/plain", new byte[0]);
          Blob blob = role.find(fixture().context(), uploaded.blobId()).orElseThrow();
          assertThat(blob.size()).isZero();
          assertThat(bytes(blob.open())).isEmpty();
        });
  }

  @Test
  default void aPartOfABlobCanBeRead() {
    with(
        BlobRole.ROLE,
        role -> {
          byte[] data = "0123456789".getBytes(StandardCharsets.US_ASCII);
          Id blobId = upload(role, "text/plain", data).blobId();
          Blob blob = role.find(fixture().context(), blobId).orElseThrow();
          assertThat(bytes(blob.open(2, 3))).isEqualTo(Arrays.copyOfRange(data, 2, 5));
          assertThat(bytes(blob.open(8, 100))).isEqualTo(Arrays.copyOfRange(data, 8, 10));
          assertThat(bytes(blob.open(10, 1))).isEmpty();
        });
  }

  @Test
  default void anUnknownBlobIsNotFound() {
    with(
        BlobRole.ROLE,
        role ->
            assertThat(role.find(fixture().context(), Id.of("no-such-blob-0123456789"))).isEmpty());
  }

  private UploadedBlob upload(BlobRole role, String type, byte[] data) {
    return role.upload(fixture().context(), type, new ByteArrayInputStream(data));
  }

  private static byte[] bytes(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
