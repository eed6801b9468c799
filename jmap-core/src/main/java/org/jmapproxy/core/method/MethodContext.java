package org.jmapproxy.core.method;

import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/** The request around a method call. Used by one thread at a time. */
public interface MethodContext extends CallContinuation {

  /** Who asks. */
  Principal principal();

  /** The announced limits. */
  Limits limits();

  /** The server's clock. */
  Clock clock();

  /**
   * An account that the principal sees.
   *
   * @throws MethodException {@code accountNotFound}
   */
  Account account(Id accountId);

  /**
   * An ability of an account.
   *
   * @throws MethodException {@code accountNotFound} or {@code accountNotSupportedByMethod}
   */
  <R> R role(Id accountId, Role<R> role);

  /** Abilities of the server itself, for types without account. */
  Roles serverRoles();

  /** Whether a data type is installed and its capability in use by the request. */
  boolean isTypeInUse(String typeName);

  /** What roles of this account are told. */
  CallContext callContext(Id accountId);

  /**
   * Replaces {@code #creationId} by the id of the object created in this request; other strings,
   * and creation ids that are not known, are returned as they are.
   */
  UnaryOperator<String> creationIds();

  /** The ids of what was created so far, by creation id. */
  Map<String, String> createdIds();

  /** Remembers a created object, for later calls and the response's {@code createdIds}. */
  void created(String creationId, Id id);
}
