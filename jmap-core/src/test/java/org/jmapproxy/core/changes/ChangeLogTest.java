package org.jmapproxy.core.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLogTest {

  private static final Id A = Id.of("a");
  private static final Id B = Id.of("b");

  private final ChangeLog log = new ChangeLog();

  @Test
  void stateMovesWithEveryChangeAndOnlyThen() {
    State before = log.state();

    assertThat(log.state()).isEqualTo(before);
    assertThat(log.created(A)).isEqualTo(log.state()).isNotEqualTo(before);
  }

  @Test
  void nothingHappenedSinceNow() {
    log.created(A);

    assertThat(changes(log.state())).isEqualTo(Changes.none(log.state()));
  }

  @Test
  void whatWasCreatedAndDestroyedIsNotMentioned() {
    State before = log.state();
    log.created(A);
    log.updated(A);
    log.destroyed(A);

    assertThat(changes(before).size()).isZero();
    assertThat(changes(before).newState()).isEqualTo(log.state());
  }

  @Test
  void whatWasDestroyedAndCreatedAgainIsUpdated() {
    log.created(A);
    State before = log.state();
    log.destroyed(A);
    log.created(A);

    assertThat(changes(before).updated()).containsExactly(A);
    assertThat(changes(before).created()).isEmpty();
    assertThat(changes(before).destroyed()).isEmpty();
  }

  @Test
  void createdAndUpdatedIsCreated() {
    State before = log.state();
    log.created(A);
    log.updated(A);

    assertThat(changes(before).created()).containsExactly(A);
    assertThat(changes(before).updated()).isEmpty();
  }

  @Test
  void updatedPropertiesAreToldWhenAllAreKnown() {
    log.created(A);
    log.created(B);
    State before = log.state();
    log.updated(A, Set.of("x"));
    log.updated(A, Set.of("y"));
    log.updated(B, Set.of("z"));

    assertThat(changes(before).updatedProperties()).contains(Set.of("x", "y", "z"));
    log.updated(B);
    assertThat(changes(before).updatedProperties()).isEmpty();
  }

  @Test
  void updatedPropertiesAreNotToldWhenAnObjectCameBack() {
    log.created(A);
    log.created(B);
    State before = log.state();
    log.updated(A, Set.of("x"));
    log.destroyed(B);
    log.created(B);

    assertThat(changes(before).updatedProperties()).isEmpty();
  }

  @Test
  void foreignAndImpossibleStatesCannotBeCalculatedFrom() {
    String epoch = log.state().value().split("-", 2)[0];

    assertThat(log.since(new ChangeLog().state(), 10)).isEmpty();
    assertThat(log.since(State.of("garbage"), 10)).isEmpty();
    assertThat(log.since(State.of(epoch + "-x"), 10)).isEmpty();
    assertThat(log.since(State.of(epoch + "-1"), 10)).isEmpty();
    assertThat(log.since(State.of(epoch + "--1"), 10)).isEmpty();
  }

  @Test
  void logForgetsTheOldestAndSaysSo() {
    ChangeLog small = new ChangeLog(2);
    State start = small.state();
    State first = small.created(Id.of("a"));
    small.created(Id.of("b"));
    small.created(Id.of("c"));

    assertThat(small.since(start, 10)).isEmpty();
    assertThat(small.since(first, 10).orElseThrow().created()).hasSize(2);
  }

  @Test
  void manyUpdatesOfOneObjectTakeOnePlace() {
    ChangeLog small = new ChangeLog(3);
    State start = small.state();
    small.created(A);
    for (int i = 0; i < 1000; i++) {
      small.updated(A);
    }

    assertThat(small.since(start, 10).orElseThrow().created()).containsExactly(A);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void pagesOfAnySizeReplayedGiveTheSameObjects(int pageSize) {
    Random random = new Random(pageSize);
    Set<Id> existing = new HashSet<>();
    List<State> states = new ArrayList<>(List.of(log.state()));
    Map<State, Set<Id>> existingAt = new HashMap<>(Map.of(log.state(), Set.of()));
    for (int i = 0; i < 300; i++) {
      change(random, existing);
      states.add(log.state());
      existingAt.put(log.state(), Set.copyOf(existing));
    }

    for (State since : states) {
      assertThat(replayed(since, existingAt, pageSize)).isEqualTo(existing);
    }
  }

  private void change(Random random, Set<Id> existing) {
    Id id = Id.of("o" + random.nextInt(12));
    if (existing.add(id)) {
      log.created(id);
    } else if (random.nextBoolean()) {
      log.updated(id);
    } else {
      existing.remove(id);
      log.destroyed(id);
    }
  }

  private Set<Id> replayed(State since, Map<State, Set<Id>> existingAt, int pageSize) {
    Set<Id> objects = new HashSet<>(existingAt.getOrDefault(since, Set.of()));
    State state = since;
    boolean more = true;
    while (more) {
      Changes page = log.since(state, pageSize).orElseThrow();
      assertThat(page.size()).isLessThanOrEqualTo(pageSize);
      assertThat(objects).containsAll(page.updated()).containsAll(page.destroyed());
      assertThat(objects).noneMatch(page.created()::contains);
      objects.removeAll(page.destroyed());
      objects.addAll(page.created());
      assertThat(page.newState()).isNotEqualTo(page.hasMoreChanges() ? state : null);
      state = page.newState();
      more = page.hasMoreChanges();
    }
    assertThat(state).isEqualTo(log.state());
    return objects;
  }

  private Changes changes(State since) {
    return log.since(since, 100).orElseThrow();
  }
}
