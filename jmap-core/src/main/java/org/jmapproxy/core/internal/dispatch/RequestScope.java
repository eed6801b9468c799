package org.jmapproxy.core.internal.dispatch;

import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.blob.BlobTransfer;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.internal.session.VisibleAccounts;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;
import tools.jackson.databind.node.ObjectNode;

/** What the calls of one request share. Used by one thread. */
final class RequestScope implements MethodContext {

  private static final int MAX_NESTING = 8;

  private final Dispatcher dispatcher;
  private final Principal principal;
  private final VisibleAccounts accounts;
  private final Predicate<String> using;
  private final Map<String, String> createdIds;
  private final Limits limits;
  private int nesting;

  RequestScope(
      Dispatcher dispatcher,
      Principal principal,
      VisibleAccounts accounts,
      Predicate<String> using,
      Map<String, String> createdIds) {
    this.dispatcher = dispatcher;
    this.principal = principal;
    this.accounts = accounts;
    this.using = using;
    this.createdIds = new LinkedHashMap<>(createdIds);
    this.limits = accounts.within(dispatcher.limits());
  }

  /** Whether a capability is in use. Calls that methods make by themselves may use all. */
  boolean uses(String capability) {
    return nesting > 0 || using.test(capability);
  }

  VisibleAccounts accounts() {
    return accounts;
  }

  void createdAll(Map<String, String> created) {
    createdIds.putAll(created);
  }

  @Override
  public Principal principal() {
    return principal;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Clock clock() {
    return dispatcher.clock();
  }

  @Override
  public Account account(Id accountId) {
    return accounts
        .find(accountId)
        .orElseThrow(() -> new MethodException(MethodError.accountNotFound()));
  }

  @Override
  public <R> R role(Id accountId, Role<R> role) {
    return account(accountId)
        .roles()
        .find(role)
        .orElseThrow(() -> new MethodException(MethodError.accountNotSupportedByMethod()));
  }

  @Override
  public Roles serverRoles() {
    return dispatcher.serverRoles();
  }

  @Override
  public boolean isTypeInUse(String typeName) {
    return dispatcher.capabilityOfType(typeName).filter(this::uses).isPresent();
  }

  @Override
  public CallContext callContext(Id accountId) {
    return new CallContext(principal, accountId, clock().instant().plus(limits().callTimeout()));
  }

  @Override
  public UnaryOperator<String> creationIds() {
    return text -> text.startsWith("#") ? createdIds.getOrDefault(text.substring(1), text) : text;
  }

  @Override
  public Map<String, String> createdIds() {
    return Collections.unmodifiableMap(createdIds);
  }

  @Override
  public void created(String creationId, Id id) {
    createdIds.put(creationId, id.value());
  }

  @Override
  public List<Invocation> call(String method, ObjectNode arguments) {
    if (nesting == MAX_NESTING) {
      throw new IllegalStateException(method + " would be the " + nesting + "th call in a call");
    }
    nesting++;
    try {
      return dispatcher.dispatch(this, List.of(new Invocation(method, arguments, "")));
    } finally {
      nesting--;
    }
  }

  @Override
  public UploadedBlob copyBlob(Id fromAccountId, Id blobId, Id accountId) {
    try {
      return BlobTransfer.copy(
          role(fromAccountId, BlobRole.ROLE),
          callContext(fromAccountId),
          blobId,
          role(accountId, BlobRole.ROLE),
          callContext(accountId),
          limits().maxSizeUpload());
    } catch (RuntimeException e) {
      throw new MethodException(Failures.toMethodError(e, "copying blob " + blobId));
    }
  }
}
