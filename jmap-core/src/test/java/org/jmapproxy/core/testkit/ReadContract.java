package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ReadRequest;
import org.junit.jupiter.api.Test;

/**
 * What {@link org.jmapproxy.core.spi.ReadRole} promises.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface ReadContract<T, C, U> extends TypeContract<T, C, U> {

  @Test
  default void theAccountCanBeRead() {
    with(type().readRole(), role -> assertThat(fixture().offers(type().readRole())).isTrue());
  }

  @Test
  default void anObjectIsReadByItsId() {
    Id id = fixture().seed(1);
    assertThat(read(id)).map(type()::idOf).contains(id);
  }

  @Test
  default void allObjectsAreListedOnce() {
    Set<Id> before = allIds();
    Id first = fixture().seed(1);
    Id second = fixture().seed(2);
    List<Id> listed = readAll().stream().map(type()::idOf).toList();
    assertThat(listed).contains(first, second).doesNotHaveDuplicates();
    assertThat(listed).hasSize(before.size() + 2);
  }

  @Test
  default void onlyTheIdsAskedForAreRead() {
    Id wanted = fixture().seed(1);
    fixture().seed(2);
    ReadRequest request = ReadRequest.of(List.of(wanted, UNKNOWN), Set.of("id"));
    assertThat(readAll(request)).map(type()::idOf).containsExactly(wanted);
  }

  @Test
  default void noIdsMeanNoObjects() {
    fixture().seed(1);
    assertThat(readAll(ReadRequest.of(List.of(), Set.of("id")))).isEmpty();
  }

  @Test
  default void aRemovedObjectIsNotRead() {
    Id id = fixture().seed(1);
    fixture().remove(id);
    assertThat(read(id)).isEmpty();
    assertThat(allIds()).doesNotContain(id);
  }
}
