package org.jmapproxy.core.testkit;

import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.type.DataType;

/**
 * A {@link BackendFixture} for the objects of one type. The back door is another way to the same
 * data than the roles under test, for example another client of the same server; its methods return
 * when the account shows what they did.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface TypeFixture<T, C, U> extends BackendFixture {

  /** The type under test. */
  DataType<T, C, U> type();

  /**
   * Creates an object through the back door.
   *
   * @param number makes the object different from others of the test
   */
  Id seed(int number);

  /** Changes an object through the back door. */
  void touch(Id id);

  /** Destroys an object through the back door. */
  void remove(Id id);

  /** A creation that succeeds; of the same number it means an equal object. */
  C creation(int number);

  /** An update of an object that changes it; it may be made twice, or for an unknown object. */
  U update(Id id);

  /** Queries to try beside the one for everything and those by each supported sort. */
  default List<Query> queries() {
    return List.of();
  }
}
