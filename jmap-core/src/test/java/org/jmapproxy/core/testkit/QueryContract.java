package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.spi.QueryRole;
import org.junit.jupiter.api.Test;

/**
 * What {@link QueryRole} promises.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface QueryContract<T, C, U> extends TypeContract<T, C, U> {

  /** How many objects the cases work with. */
  int OBJECTS = 7;

  @Test
  default void onlyDeclaredPropertiesAreSupported() {
    with(
        type().queryRole(),
        role -> {
          assertThat(type().filters().keySet()).containsAll(role.support().filters());
          assertThat(type().sorts().keySet()).containsAll(role.support().sorts());
        });
  }

  @Test
  default void theQueryForEverythingFindsEverything() {
    with(
        type().queryRole(),
        role -> {
          seedSome();
          assertThat(full(role, Query.all())).containsExactlyInAnyOrderElementsOf(allIds());
        });
  }

  @Test
  default void sameDataGiveTheSameOrder() {
    forEachQuery((role, query) -> assertThat(full(role, query)).isEqualTo(full(role, query)));
  }

  @Test
  default void windowsAgreeWithTheFullList() {
    forEachQuery(
        (role, query) -> {
          List<Id> full = full(role, query);
          for (int position = 0; position <= full.size() + 1; position++) {
            for (int limit : new int[] {0, 1, 3, 1000}) {
              int from = Math.min(position, full.size());
              List<Id> expected = full.subList(from, Math.min(from + limit, full.size()));
              QueryPage page = role.page(context(), query, position, limit, false);
              assertThat(page.ids()).as(query + " " + position + "+" + limit).isEqualTo(expected);
            }
          }
        });
  }

  @Test
  default void theTotalIsTheLengthOfTheFullList() {
    forEachQuery(
        (role, query) -> {
          int size = full(role, query).size();
          assertThat(role.page(context(), query, 0, 0, true).total()).hasValue(size);
          assertThat(role.page(context(), query, 2, 1, true).total()).hasValue(size);
        });
  }

  @Test
  default void ranksAgreeWithTheFullList() {
    forEachQuery(
        (role, query) -> {
          List<Id> full = full(role, query);
          Map<Id, Long> expected = new LinkedHashMap<>();
          for (int i = 0; i < full.size(); i++) {
            expected.put(full.get(i), (long) i);
          }
          List<Id> asked = new ArrayList<>(full);
          asked.add(UNKNOWN);
          assertThat(role.ranks(context(), query, asked)).isEqualTo(expected);
          for (Id id : full) {
            assertThat(role.ranks(context(), query, Set.of(id)))
                .containsExactly(Map.entry(id, expected.getOrDefault(id, -1L)));
          }
          assertThat(role.ranks(context(), query, List.of(UNKNOWN))).isEmpty();
        });
  }

  @Test
  default void aRemovedObjectIsNotFound() {
    with(
        type().queryRole(),
        role -> {
          List<Id> seeded = seedSome();
          fixture().remove(seeded.get(0));
          assertThat(full(role, Query.all())).doesNotContain(seeded.get(0));
        });
  }

  /** Runs a case for all queries of the fixture, by all sorts that need no more than a name. */
  private void forEachQuery(BiConsumer<QueryRole, Query> test) {
    with(
        type().queryRole(),
        role -> {
          seedSome();
          List<Query> queries = new ArrayList<>(fixture().queries());
          queries.add(Query.all());
          for (String name : role.support().sorts()) {
            SortProperty<T> sort = type().sorts().get(name);
            if (sort != null && sort.extras().isEmpty()) {
              queries.add(sorted(SortBy.of(sort, true)));
              queries.add(sorted(SortBy.of(sort, false)));
            }
          }
          queries.forEach(query -> test.accept(role, query));
        });
  }

  private static Query sorted(SortBy sort) {
    return new Query(Optional.empty(), List.of(sort), Arguments.none());
  }

  private List<Id> seedSome() {
    List<Id> seeded = new ArrayList<>();
    for (int i = 1; i <= OBJECTS; i++) {
      seeded.add(fixture().seed(i));
    }
    return seeded;
  }

  private List<Id> full(QueryRole role, Query query) {
    return role.page(context(), query, 0, Integer.MAX_VALUE, false).ids();
  }
}
