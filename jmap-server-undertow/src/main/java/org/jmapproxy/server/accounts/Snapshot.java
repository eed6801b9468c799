package org.jmapproxy.server.accounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The accounts as they stand in the file, found without touching it. Which accounts there are,
 * their addresses and pools never change in one snapshot; secrets and statuses do. Thread-safe.
 */
final class Snapshot {

  private final ConcurrentSkipListMap<String, StoredAccount> byId = new ConcurrentSkipListMap<>();
  private final Map<String, String> idByEmail = new HashMap<>();
  private final Map<String, List<String>> idsByPool = new HashMap<>();

  /** {@code accounts} ordered by id. */
  Snapshot(List<StoredAccount> accounts) {
    for (StoredAccount account : accounts) {
      AccountSettings settings = account.settings();
      byId.put(settings.accountId(), account);
      idByEmail.put(AccountRow.emailKey(settings.email()), settings.accountId());
      idsByPool
          .computeIfAbsent(settings.poolId(), pool -> new ArrayList<>())
          .add(settings.accountId());
    }
  }

  List<StoredAccount> all() {
    return List.copyOf(byId.values());
  }

  Optional<StoredAccount> byId(String accountId) {
    return Optional.ofNullable(byId.get(accountId));
  }

  Optional<StoredAccount> byEmail(String email) {
    return Optional.ofNullable(idByEmail.get(AccountRow.emailKey(email))).flatMap(this::byId);
  }

  List<StoredAccount> pool(String poolId) {
    return idsByPool.getOrDefault(poolId, List.of()).stream()
        .flatMap(accountId -> byId(accountId).stream())
        .toList();
  }

  /** Changes the secret or the status of an account, if it is there. */
  void change(String accountId, UnaryOperator<StoredAccount> change) {
    byId.computeIfPresent(accountId, (id, account) -> change.apply(account));
  }
}
