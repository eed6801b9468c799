package org.jmapproxy.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.Subscription;

/** A backend of type {@code imap} in memory, whose server's behaviour is told by host names. */
public final class FakeBackend implements Backend {

  /** The password that the imagined mail server accepts for every account. */
  public static final String SERVER_PASSWORD = "right:at the server";

  /** A host on which nothing listens. */
  public static final String DEAD_HOST = "dead.example";

  /** Where tests publish changes. */
  public final ChangeBus changes = new ChangeBus();

  /** What was opened, closed and deleted, in order: {@code open alice} ... */
  public final List<String> log = new CopyOnWriteArrayList<>();

  /** What a synchronisation waits for before it goes on. */
  public volatile Runnable beforeSync = () -> {};

  /** What a look for a blob waits for. */
  public volatile Runnable beforeFind = () -> {};

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();

  @Override
  public String type() {
    return "imap";
  }

  @Override
  public OpenAccount open(AccountConfiguration configuration) {
    log.add("open " + configuration.accountId());
    return new FakeAccount(configuration);
  }

  @Override
  public boolean accepts(AccountConfiguration configuration) {
    log.add("login " + configuration.accountId());
    requireLife(configuration);
    return configuration.credentials().secret().equals(SERVER_PASSWORD);
  }

  @Override
  public void delete(Id accountId) {
    log.add("delete " + accountId);
  }

  @Override
  public void close() {
    log.add("close backend");
  }

  private static void requireLife(AccountConfiguration configuration) {
    if (DEAD_HOST.equals(configuration.settings().get("imapHost"))) {
      throw new BackendException(BackendException.Reason.UNAVAILABLE, "Connection refused");
    }
  }

  private final class FakeAccount implements OpenAccount {
    private final AccountConfiguration configuration;
    private volatile SyncStatus status = SyncStatus.unknown();

    FakeAccount(AccountConfiguration configuration) {
      this.configuration = configuration;
    }

    @Override
    public Roles roles() {
      return Roles.builder()
          .with(BlobRole.ROLE, new FakeBlobs())
          .with(ChangeSignals.ROLE, changes.signals(configuration.accountId()))
          .build();
    }

    @Override
    public SyncStatus status() {
      return status;
    }

    @Override
    public Subscription lease() {
      log.add("lease " + configuration.accountId());
      return () -> log.add("release " + configuration.accountId());
    }

    @Override
    public void sync(Duration patience) {
      beforeSync.run();
      awaitFirstData(patience);
    }

    @Override
    public void awaitFirstData(Duration patience) {
      requireLife(configuration);
      log.add(
          "login as "
              + configuration.credentials().username()
              + " with "
              + configuration.credentials().secret());
      status =
          new SyncStatus(
              SyncStatus.Phase.LIVE, 4, 17, 17, Optional.of(Instant.now()), Optional.empty());
    }

    @Override
    public void close() {
      log.add("close " + configuration.accountId());
    }
  }

  private final class FakeBlobs implements BlobRole {

    @Override
    public UploadedBlob upload(CallContext context, String type, InputStream data) {
      try {
        byte[] bytes = data.readAllBytes();
        String blobId = "f-" + UUID.randomUUID();
        blobs.put(blobId, bytes);
        types.put(blobId, type);
        return new UploadedBlob(Id.of(blobId), type, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<Blob> find(CallContext context, Id blobId) {
      beforeFind.run();
      return Optional.ofNullable(blobs.get(blobId.value()))
          .map(bytes -> new BytesBlob(bytes, types.getOrDefault(blobId.value(), "")));
    }
  }

  private record BytesBlob(List<Byte> content, String type) implements Blob {

    BytesBlob(byte[] bytes, String type) {
      this(boxed(bytes), type);
    }

    private static List<Byte> boxed(byte[] bytes) {
      List<Byte> list = new ArrayList<>(bytes.length);
      for (byte b : bytes) {
        list.add(b);
      }
      return list;
    }

    @Override
    public long size() {
      return content.size();
    }

    @Override
    public InputStream open(long offset, long length) {
      byte[] part = new byte[(int) Math.min(length, content.size() - offset)];
      for (int i = 0; i < part.length; i++) {
        part[i] = content.get((int) offset + i);
      }
      return new java.io.ByteArrayInputStream(part);
    }
  }
}
