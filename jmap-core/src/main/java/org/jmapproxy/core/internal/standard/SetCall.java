package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Decoded;
import tools.jackson.databind.node.ObjectNode;

/** What the three parts of a /set work with. */
record SetCall<T, C, U>(
    TypeCall<T, C, U> call, WriteRole<T, C, U> writer, Arguments extras, SetOutcome outcome) {

  DataType<T, C, U> type() {
    return call.type();
  }

  /**
   * Lets the backend write a batch. When it breaks off, every object of the batch has failed, and
   * what earlier batches did still stands.
   */
  <K, V> Map<K, V> write(
      Collection<K> keys, Supplier<Map<K, V>> batch, Function<SetError, V> failure) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<K, V> answers = Map.of();
    SetError unanswered = SetError.serverFail("the backend did not say what became of this");
    try {
      answers = batch.get();
    } catch (RuntimeException e) {
      outcome.uncertain();
      unanswered = Failures.toSetError(e, "writing an object");
    }
    Map<K, V> complete = new LinkedHashMap<>();
    for (K key : keys) {
      V answer = answers.get(key);
      if (answer == null) {
        outcome.uncertain();
      }
      complete.put(key, answer == null ? failure.apply(unanswered) : answer);
    }
    return complete;
  }

  /** Decodes one object; a decoder that breaks off fails this object alone. */
  static <V> Decoded<V> decode(Supplier<Decoded<V>> decoder) {
    try {
      return decoder.get();
    } catch (RuntimeException e) {
      return new Decoded.Invalid<>(Failures.toSetError(e, "writing an object"));
    }
  }

  /** Shows properties of an object that was just written; nothing if they cannot be computed. */
  Optional<ObjectNode> show(T object, Collection<String> names) {
    try {
      Projection<T> shown = Projection.of(type(), names);
      return Optional.of(shown.render(object, call.rendering(Arguments.none())));
    } catch (RuntimeException e) {
      Failures.log(e, "telling what was written");
      return Optional.empty();
    }
  }
}
