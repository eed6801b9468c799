package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.junit.jupiter.api.Test;

/**
 * What {@link org.jmapproxy.core.spi.ChangesRole} promises.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface ChangesContract<T, C, U> extends TypeContract<T, C, U> {

  @Test
  default void nothingHappenedSinceTheCurrentState() {
    with(
        type().changesRole(),
        role -> {
          fixture().seed(1);
          State state = role.state(context());
          assertThat(role.changes(context(), state, 100)).contains(Changes.none(state));
        });
  }

  @Test
  default void readingDoesNotMoveTheState() {
    with(
        type().changesRole(),
        role -> {
          Id id = fixture().seed(1);
          State state = role.state(context());
          assertThat(read(id)).isPresent();
          assertThat(readAll()).isNotEmpty();
          assertThat(role.state(context())).isEqualTo(state);
        });
  }

  @Test
  default void whatTheBackDoorCreatesIsCreated() {
    with(
        type().changesRole(),
        role -> {
          State before = role.state(context());
          Id id = fixture().seed(1);
          assertThat(role.state(context())).isNotEqualTo(before);
          Changes changes = role.changes(context(), before, 100).orElseThrow();
          assertThat(changes.created()).contains(id);
          assertThat(changes.destroyed()).doesNotContain(id);
        });
  }

  @Test
  default void whatTheBackDoorChangesIsUpdated() {
    with(
        type().changesRole(),
        role -> {
          Id id = fixture().seed(1);
          State before = role.state(context());
          fixture().touch(id);
          assertThat(role.state(context())).isNotEqualTo(before);
          Changes changes = role.changes(context(), before, 100).orElseThrow();
          assertThat(changes.updated()).contains(id);
          assertThat(changes.created()).doesNotContain(id);
        });
  }

  @Test
  default void whatTheBackDoorRemovesIsDestroyed() {
    with(
        type().changesRole(),
        role -> {
          Id id = fixture().seed(1);
          State before = role.state(context());
          fixture().remove(id);
          assertThat(role.state(context())).isNotEqualTo(before);
          Changes changes = role.changes(context(), before, 100).orElseThrow();
          assertThat(changes.destroyed()).contains(id);
          assertThat(changes.updated()).doesNotContain(id);
        });
  }

  @Test
  default void pagesOfOneTellEverything() {
    with(
        type().changesRole(),
        role -> {
          Id updated = fixture().seed(1);
          Id destroyed = fixture().seed(2);
          State before = role.state(context());
          Id created = fixture().seed(3);
          fixture().touch(updated);
          fixture().remove(destroyed);
          Id passing = fixture().seed(4);
          fixture().touch(passing);
          fixture().remove(passing);
          List<Changes> pages = Invariants.pages(role, fixture(), before, 1);
          assertThat(pages).flatMap(Changes::created).contains(created);
          assertThat(pages).flatMap(Changes::destroyed).contains(destroyed);
        });
  }

  @Test
  default void aStateThatNeverWasIsNotUnderstood() {
    with(
        type().changesRole(),
        role -> {
          for (String state : List.of("no-such-state", "-1", "99999999999999999999", "é\u0000")) {
            assertThat(role.changes(context(), State.of(state), 100)).isEmpty();
          }
        });
  }
}
