package org.jmapproxy.core.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.type.DataType;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The root of the contracts of one type. After each case the {@link Invariants} are checked and the
 * fixture is closed.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
@ExtendWith(InvariantsExtension.class)
public interface TypeContract<T, C, U> extends Contract {

  /** An id that no object has. */
  Id UNKNOWN = Id.of("no-such-object");

  @Override
  TypeFixture<T, C, U> fixture();

  /** The type under test. */
  default DataType<T, C, U> type() {
    return fixture().type();
  }

  /** What roles are told of a call. */
  default CallContext context() {
    return fixture().context();
  }

  /** Reads an object, if it exists. */
  default Optional<T> read(Id id) {
    return readAll(ReadRequest.of(List.of(id), type().properties().keySet())).stream().findFirst();
  }

  /** Reads all objects. */
  default List<T> readAll() {
    return readAll(ReadRequest.all(type().properties().keySet()));
  }

  /** The ids of all objects. */
  default Set<Id> allIds() {
    return Invariants.ids(type(), readAll());
  }

  /** Reads objects by the role that every type has. */
  default List<T> readAll(ReadRequest request) {
    return roles().find(type().readRole()).orElseThrow().read(context(), request);
  }
}
