package org.jmapproxy.backend.passthrough.internal.forward;

import java.util.List;
import java.util.Map;

/**
 * Where account ids stand in arguments of methods beside {@code accountId} and {@code
 * fromAccountId}: the whole list, from RFC 9670 (Principals and ShareNotifications).
 */
final class AccountIdPlaces {

  private static final AccountIdPlace OBJECT_ACCOUNT_IN_FILTER =
      AccountIdPlace.inFilter("objectAccountId");
  private static final AccountIdPlace ACCOUNTS_IN_FILTER = AccountIdPlace.inFilter("accountIds");

  private static final Map<String, List<AccountIdPlace>> ARGUMENTS =
      Map.of(
          "ShareNotification/query", List.of(OBJECT_ACCOUNT_IN_FILTER),
          "ShareNotification/queryChanges", List.of(OBJECT_ACCOUNT_IN_FILTER),
          "Principal/query", List.of(ACCOUNTS_IN_FILTER),
          "Principal/queryChanges", List.of(ACCOUNTS_IN_FILTER));

  private static final Map<String, List<AccountIdPlace>> RESPONSES =
      Map.of(
          "ShareNotification/get",
          List.of(AccountIdPlace.inList("objectAccountId")),
          "Principal/get",
          List.of(
              AccountIdPlace.keysInList("accounts"),
              AccountIdPlace.inCapabilitiesInList("accountId")));

  private AccountIdPlaces() {}

  static List<AccountIdPlace> inArguments(String method) {
    return ARGUMENTS.getOrDefault(method, List.of());
  }

  static List<AccountIdPlace> inResponse(String method) {
    return RESPONSES.getOrDefault(method, List.of());
  }
}
