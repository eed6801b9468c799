package org.jmapproxy.server.outbound;

import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.testkit.OutboundHttpContract;
import org.junit.jupiter.api.AfterEach;

class PinnedHttpTest implements OutboundHttpContract {

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  @Override
  public OutboundHttp client(AddressPolicy addresses) {
    try {
      return new PinnedHttp(addresses, timer, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }
}
