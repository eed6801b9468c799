package org.jmapproxy.mail.mdn;

import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.MethodContext;

/** Finds the account of a call: RFC 9007 has an error of its own for one that does not exist. */
final class MdnAccounts {

  private MdnAccounts() {}

  static Id accountId(MethodContext context, ArgumentReader reader) {
    try {
      Id accountId = reader.accountId();
      return context.account(accountId).id();
    } catch (MethodException e) {
      throw e.error().equals(MethodError.accountNotFound())
          ? new MethodException(
              MethodError.invalidArgument("accountId", "there is no such account"))
          : e;
    }
  }
}
