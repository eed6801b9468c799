package org.jmapproxy.core.testkit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks at an account before and after each case of a contract, and closes its fixture. */
final class InvariantsExtension implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(InvariantsExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put("before", Invariants.observe(contract(context).fixture()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TypeFixture<?, ?, ?> fixture = contract(context).fixture();
    try {
      Invariants<?> before = context.getStore(NAMESPACE).get("before", Invariants.class);
      if (before != null && context.getExecutionException().isEmpty()) {
        before.check();
      }
    } finally {
      fixture.close();
    }
  }

  private static TypeContract<?, ?, ?> contract(ExtensionContext context) {
    return (TypeContract<?, ?, ?>) context.getRequiredTestInstance();
  }
}
