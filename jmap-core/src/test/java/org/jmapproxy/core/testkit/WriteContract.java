package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.junit.jupiter.api.Test;

/**
 * What {@link WriteRole} promises.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface WriteContract<T, C, U> extends TypeContract<T, C, U> {

  @Test
  default void aCreatedObjectCanBeRead() {
    with(
        type().writeRole(),
        role -> {
          Id id = create(role, 1);
          assertThat(read(id)).map(type()::idOf).contains(id);
          assertThat(allIds()).contains(id);
        });
  }

  @Test
  default void everyCreationIsAnswered() {
    with(
        type().writeRole(),
        role -> {
          Map<String, C> creations = new LinkedHashMap<>();
          for (int i = 1; i <= 5; i++) {
            creations.put("c" + i, fixture().creation(i));
          }
          Map<String, CreateOutcome<T>> outcomes =
              role.create(context(), creations, Arguments.none());
          assertThat(outcomes).containsOnlyKeys(creations.keySet());
          assertThat(outcomes.values())
              .allSatisfy(one -> assertThat(one).isInstanceOf(CreateOutcome.Created.class));
        });
  }

  @Test
  default void writesShowInTheChanges() {
    with(
        type().writeRole(),
        role ->
            with(
                type().changesRole(),
                changes -> {
                  State old = changes.state(context());
                  Id id = create(role, 1);
                  assertThat(since(changes, old).created()).contains(id);
                  State created = changes.state(context());
                  assertThat(update(role, id)).isInstanceOf(UpdateOutcome.Updated.class);
                  assertThat(since(changes, created).updated()).contains(id);
                  State updated = changes.state(context());
                  assertThat(destroy(role, id)).isInstanceOf(DestroyOutcome.Destroyed.class);
                  assertThat(since(changes, updated).destroyed()).contains(id);
                }));
  }

  @Test
  default void anUpdateOfAnUnknownObjectIsNotFound() {
    with(
        type().writeRole(),
        role -> {
          UpdateOutcome<T> outcome = update(role, UNKNOWN);
          assertThat(outcome).isInstanceOf(UpdateOutcome.NotUpdated.class);
          assertThat(((UpdateOutcome.NotUpdated<T>) outcome).error().type()).isEqualTo("notFound");
        });
  }

  @Test
  default void aFailureDoesNotStopTheOthers() {
    with(
        type().writeRole(),
        role -> {
          Id id = create(role, 1);
          Map<Id, U> updates = new LinkedHashMap<>();
          updates.put(UNKNOWN, fixture().update(UNKNOWN));
          updates.put(id, fixture().update(id));
          Map<Id, UpdateOutcome<T>> updated = role.update(context(), updates, Arguments.none());
          assertThat(updated).containsOnlyKeys(UNKNOWN, id);
          assertThat(updated.get(id)).isInstanceOf(UpdateOutcome.Updated.class);
          Map<Id, DestroyOutcome> destroyed =
              role.destroy(context(), Set.of(UNKNOWN, id), Arguments.none());
          assertThat(destroyed).containsOnlyKeys(UNKNOWN, id);
          assertThat(destroyed.get(id)).isInstanceOf(DestroyOutcome.Destroyed.class);
          assertThat(read(id)).isEmpty();
        });
  }

  @Test
  default void destroyingAnUnknownObjectIsNotFound() {
    with(
        type().writeRole(),
        role -> {
          DestroyOutcome outcome = destroy(role, UNKNOWN);
          assertThat(outcome).isInstanceOf(DestroyOutcome.NotDestroyed.class);
          assertThat(((DestroyOutcome.NotDestroyed) outcome).error().type()).isEqualTo("notFound");
        });
  }

  @Test
  default void theIdOfADestroyedObjectIsNotGivenAgain() {
    with(
        type().writeRole(),
        role -> {
          Id first = create(role, 1);
          assertThat(destroy(role, first)).isInstanceOf(DestroyOutcome.Destroyed.class);
          assertThat(create(role, 1)).isNotEqualTo(first);
        });
  }

  /** Creates an object that must come into being. */
  private Id create(WriteRole<T, C, U> role, int number) {
    CreateOutcome<T> outcome =
        role.create(context(), Map.of("c", fixture().creation(number)), Arguments.none()).get("c");
    assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
    return type().idOf(((CreateOutcome.Created<T>) outcome).object());
  }

  private UpdateOutcome<T> update(WriteRole<T, C, U> role, Id id) {
    return Objects.requireNonNull(
        role.update(context(), Map.of(id, fixture().update(id)), Arguments.none()).get(id));
  }

  private DestroyOutcome destroy(WriteRole<T, C, U> role, Id id) {
    return Objects.requireNonNull(role.destroy(context(), Set.of(id), Arguments.none()).get(id));
  }

  private Changes since(ChangesRole role, State state) {
    return role.changes(context(), state, 100).orElseThrow();
  }
}
