package org.jmapproxy.server;

import org.jmapproxy.server.auth.BasicAuthentication;
import org.jmapproxy.server.jmap.EventStreams;
import org.jmapproxy.server.lifecycle.AccountChanges;
import org.jmapproxy.server.push.PushService;

/** Tells the rooms of the proxy what the operator did with an account. */
record ChangeTelling(BasicAuthentication authentication, EventStreams streams, PushService push)
    implements AccountChanges {

  @Override
  public void changed(String accountId) {
    authentication.forget(accountId);
    streams.endOf(accountId);
    push.accountChanged(accountId);
  }

  @Override
  public void credentialsEnded(String accountId) {
    push.credentialsEnded(accountId);
  }
}
