package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.auth.BasicAuthentication;
import org.jmapproxy.server.auth.Login;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.lifecycle.OpenAccounts;
import org.jspecify.annotations.Nullable;

/** Lets requests with right credentials through and answers all others. */
public final class Gate {

  private static final byte[] UNAUTHORIZED =
      "{\"type\":\"unauthorized\"}".getBytes(StandardCharsets.UTF_8);

  private final BasicAuthentication authentication;
  private final AccountDirectory directory;

  /** Builds the gate. */
  public Gate(BasicAuthentication authentication, AccountDirectory directory) {
    this.authentication = authentication;
    this.directory = directory;
  }

  /** Who asks; empty if the request was refused and answered. */
  Optional<Principal> admit(HttpServerExchange exchange) {
    @Nullable String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    Login login = header == null ? new Login.Refused() : authentication.authenticate(header);
    if (login instanceof Login.Throttled) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "20");
      Reply.problem(exchange, 429, "too many wrong passwords; wait");
      return Optional.empty();
    }
    Optional<Principal> principal =
        login instanceof Login.Granted granted
            ? directory.byId(granted.accountId()).map(OpenAccounts::principalOf)
            : Optional.empty();
    if (principal.isEmpty()) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"JMAP Proxy\"");
      Reply.send(exchange, 401, "application/json", UNAUTHORIZED);
    }
    return principal;
  }
}
