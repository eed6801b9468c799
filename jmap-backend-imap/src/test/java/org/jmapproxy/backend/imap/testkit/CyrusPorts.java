package org.jmapproxy.backend.imap.testkit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where a Cyrus listens. */
record CyrusPorts(int imap, int imaps, Map<CyrusService, Integer> others) {

  /** Free ones. */
  static CyrusPorts free(List<CyrusService> services) {
    int[] ports = FreePorts.take(2 + services.size());
    Map<CyrusService, Integer> others = new EnumMap<>(CyrusService.class);
    for (int index = 0; index < services.size(); index++) {
      others.put(services.get(index), ports[2 + index]);
    }
    return new CyrusPorts(ports[0], ports[1], others);
  }

  int of(CyrusService service) {
    Integer port = others.get(service);
    if (port == null) {
      throw new IllegalStateException("This Cyrus was built without " + service);
    }
    return port;
  }

  int[] all() {
    int[] all = Arrays.copyOf(new int[] {imap, imaps}, 2 + others.size());
    int next = 2;
    for (int port : others.values()) {
      all[next++] = port;
    }
    return all;
  }
}
