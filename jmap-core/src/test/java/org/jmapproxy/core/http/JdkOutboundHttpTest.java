package org.jmapproxy.core.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jmapproxy.core.testkit.OutboundHttpContract;
import org.junit.jupiter.api.AfterEach;

class JdkOutboundHttpTest implements OutboundHttpContract {

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @Override
  public OutboundHttp client(AddressPolicy addresses) {
    return OutboundHttp.jdk(executor, addresses);
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
  }
}
