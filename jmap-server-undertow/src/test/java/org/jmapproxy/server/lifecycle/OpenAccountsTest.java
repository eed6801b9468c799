package org.jmapproxy.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.FakeBackend;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.AccountSettings;
import org.jmapproxy.server.accounts.Endpoint;
import org.jmapproxy.server.accounts.Security;
import org.jmapproxy.server.accounts.StoredAccount;
import org.jmapproxy.server.config.DataDirectory;
import org.jmapproxy.server.vault.CredentialVault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAccountsTest {

  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Principal ALICE = new Principal("alice", "alice@example.com");

  private final AtomicLong seconds = new AtomicLong();
  private final FakeBackend backend = new FakeBackend();
  private DataDirectory data;
  private AccountDirectory directory;
  private OpenAccounts accounts;

  @BeforeEach
  void open(@TempDir Path path) {
    data = DataDirectory.open(path);
    directory = AccountDirectory.open(data);
    accounts =
        new OpenAccounts(
            directory,
            CredentialVault.plain(),
            Backends.of(List.of(backend)),
            () -> Instant.EPOCH.plusSeconds(seconds.get()));
    add("alice", "alice");
    add("bob", "alice");
    add("zoe", "zoe");
  }

  @AfterEach
  void close() {
    accounts.close();
    directory.close();
    data.close();
  }

  @Test
  void aPrincipalSeesItsPoolAndItselfFirst() {
    assertThat(visibleTo("alice")).containsExactly("alice", "bob");
    assertThat(visibleTo("bob")).containsExactly("bob", "alice");
    assertThat(visibleTo("zoe")).containsExactly("zoe");
    assertThat(visibleTo("nobody")).isEmpty();
  }

  @Test
  void listingOpensNothing() {
    accounts.visibleTo(ALICE).forEach(account -> assertThat(account.name()).isNotEmpty());
    directory.all().forEach(account -> accounts.status(account));
    assertThat(backend.log).isEmpty();
  }

  @Test
  void anAccountIsOpenedOnceAndAwakeWhileUsed() {
    OpenAccounts.Use first = accounts.use(ALICE);
    OpenAccounts.Use second = accounts.use(ALICE);
    first.close();
    assertThat(backend.log).containsExactly("open alice", "lease alice", "open bob", "lease bob");
    second.close();
    assertThat(backend.log).endsWith("release alice", "release bob");
    assertThat(accounts.openCount()).isEqualTo(2);
  }

  @Test
  void idleAccountsAreClosedAndUsedOnesAreNot() {
    accounts.use("alice", open -> open.sync(IDLE));
    OpenAccounts.Use use = accounts.use(new Principal("zoe", "zoe@example.com"));
    accounts.use("zoe", open -> open.sync(IDLE));
    seconds.set(IDLE.toSeconds());
    accounts.closeIdle(IDLE);
    assertThat(accounts.openCount()).isEqualTo(2);
    seconds.set(IDLE.toSeconds() + 31);
    accounts.closeIdle(IDLE);
    assertThat(accounts.isOpen("alice")).isFalse();
    assertThat(accounts.isOpen("zoe")).isTrue();
    use.close();
    seconds.addAndGet(IDLE.toSeconds() + 31);
    accounts.closeIdle(IDLE);
    assertThat(accounts.openCount()).isZero();
  }

  @Test
  void anUnfinishedFirstSyncKeepsAnAccountOpen() {
    accounts.use(ALICE).close();
    seconds.set(Duration.ofDays(1).toSeconds());
    accounts.closeIdle(IDLE);
    assertThat(accounts.isOpen("alice")).isTrue();
  }

  @Test
  void theStatusOfAClosedAccountIsTheOneWrittenDown() {
    accounts.use("alice", open -> open.sync(IDLE));
    accounts.writeStatuses();
    accounts.reopen("alice");
    StoredAccount stored = directory.byId("alice").orElseThrow();
    assertThat(accounts.status(stored).phase()).isEqualTo(Phase.LIVE);
    assertThat(accounts.status(stored).messages()).isEqualTo(17);
    assertThat(accounts.openCount()).isZero();
  }

  @Test
  void aDeletedAccountCannotBeOpenedAgain() {
    accounts.use(ALICE).close();
    StoredAccount stored = directory.byId("bob").orElseThrow();
    directory.delete("bob");
    accounts.remove(stored);
    assertThat(backend.log).endsWith("close bob", "delete bob");
    assertThat(visibleTo("alice")).containsExactly("alice");
    assertThat(accounts.isOpen("bob")).isFalse();
  }

  @Test
  void aVisitWakesNobody() {
    accounts.visit("alice", open -> assertThat(accounts.isOpen("alice")).isTrue());
    assertThat(backend.log).containsExactly("open alice");
  }

  private List<String> visibleTo(String accountId) {
    return accounts.visibleTo(new Principal(accountId, accountId + "@example.com")).stream()
        .map(account -> account.id().value())
        .toList();
  }

  private void add(String accountId, String poolId) {
    directory.put(
        new AccountSettings(
            accountId,
            accountId + "@example.com",
            "imap",
            poolId,
            accountId,
            Optional.of(new Endpoint("imap.example.com", 993, Security.TLS)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            Optional.empty()),
        "secret");
  }
}
