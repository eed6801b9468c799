package org.jmapproxy.core.internal.standard;

import java.util.Optional;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.type.SetConclusion;

/** What a /set does last, if nothing in it failed. */
final class Conclusions<T, C, U> {

  private final SetCall<T, C, U> set;

  Conclusions(SetCall<T, C, U> set) {
    this.set = set;
  }

  /**
   * Does it.
   *
   * @return why it could not be done although the call has done other things, which stand
   */
  Optional<MethodError> run() {
    if (set.type().conclusions().isEmpty() || !set.outcome().isSuccess()) {
      return Optional.empty();
    }
    try {
      set.type().conclusions().forEach(this::conclude);
      return Optional.empty();
    } catch (RuntimeException e) {
      if (!set.outcome().hasChanges()) {
        throw e;
      }
      set.outcome().uncertain();
      return Optional.of(Failures.toMethodError(e, "the end of " + set.type() + "/set"));
    }
  }

  private void conclude(SetConclusion<T> conclusion) {
    conclusion
        .conclude(
            set.call().callContext(),
            set.call().roles(),
            set.extras(),
            set.call().context().creationIds())
        .forEach(
            touched ->
                set.show(touched.object(), touched.properties())
                    .ifPresent(
                        shown -> set.outcome().touched(set.type().idOf(touched.object()), shown)));
  }
}
