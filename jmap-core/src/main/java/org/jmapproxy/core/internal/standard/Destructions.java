package org.jmapproxy.core.internal.standard;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.DestroyOutcome;

/** The destructions of a /set. */
final class Destructions<T, C, U> {

  private final SetCall<T, C, U> set;
  private final Set<String> requested;

  Destructions(SetCall<T, C, U> set, Set<String> requested) {
    this.set = set;
    this.requested = requested;
  }

  void run() {
    if (set.type().isSingleton()) {
      requested.forEach(id -> set.outcome().notDestroyed(id, SetError.singleton()));
      return;
    }
    Set<Id> possible = new LinkedHashSet<>();
    for (String id : requested) {
      if (Id.isValid(id)) {
        possible.add(Id.of(id));
      } else {
        set.outcome().notDestroyed(id, SetError.notFound());
      }
    }
    set.write(
            possible,
            () -> set.writer().destroy(set.call().callContext(), possible, set.extras()),
            DestroyOutcome.NotDestroyed::new)
        .forEach(this::report);
  }

  private void report(Id id, DestroyOutcome outcome) {
    if (outcome instanceof DestroyOutcome.NotDestroyed refused) {
      set.outcome().notDestroyed(id.value(), refused.error());
    } else {
      set.outcome().destroyed(id);
    }
  }
}
