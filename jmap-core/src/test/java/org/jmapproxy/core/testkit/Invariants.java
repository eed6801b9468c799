package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What holds whatever a test did: an equal state means equal objects, the changes since a state
 * lead from the old objects to the new ones in steps of any size, and no id comes back.
 *
 * @param <T> the object
 */
public final class Invariants<T> {

  private static final int MAX_PAGES = 10_000;

  private final TypeFixture<T, ?, ?> fixture;
  private final Optional<State> state;
  private final Map<Id, ObjectNode> objects;

  private Invariants(TypeFixture<T, ?, ?> fixture) {
    this.fixture = fixture;
    this.state = changes().map(role -> role.state(fixture.context()));
    this.objects = rendered();
  }

  /** Remembers how the account is now. */
  public static <T> Invariants<T> observe(TypeFixture<T, ?, ?> fixture) {
    return new Invariants<>(fixture);
  }

  /** Compares with how the account was. */
  public void check() {
    changes().ifPresent(role -> check(role, state.orElseThrow()));
  }

  private void check(ChangesRole role, State old) {
    Map<Id, ObjectNode> now = rendered();
    State current = role.state(fixture.context());
    if (current.equals(old)) {
      assertThat(now).as("objects of the same state").isEqualTo(objects);
    }
    assertLeadsTo(now, replay(role, old, Integer.MAX_VALUE), "all changes at once");
    assertLeadsTo(now, replay(role, old, 1), "changes one by one");
  }

  /** The changes since a state, in pages. */
  public static List<Changes> pages(
      ChangesRole role, TypeFixture<?, ?, ?> fixture, State since, int pageSize) {
    List<Changes> pages = new ArrayList<>();
    State from = since;
    for (int i = 0; i < MAX_PAGES; i++) {
      Optional<Changes> found = role.changes(fixture.context(), from, pageSize);
      assertThat(found).as("the changes since " + from).isPresent();
      Changes page = found.orElseThrow();
      assertThat(page.oldState()).isEqualTo(from);
      assertThat(page.size()).isLessThanOrEqualTo(pageSize);
      pages.add(page);
      if (!page.hasMoreChanges()) {
        return pages;
      }
      assertThat(page.newState()).as("an intermediate state").isNotEqualTo(from);
      from = page.newState();
    }
    throw new AssertionError("the changes since " + since + " never end");
  }

  private List<Changes> replay(ChangesRole role, State old, int pageSize) {
    List<Changes> pages = pages(role, fixture, old, pageSize);
    Changes last = pages.get(pages.size() - 1);
    assertThat(last.newState())
        .as("where the changes end")
        .isEqualTo(role.state(fixture.context()));
    return pages;
  }

  private void assertLeadsTo(Map<Id, ObjectNode> now, List<Changes> pages, String how) {
    Set<Id> ids = new LinkedHashSet<>(objects.keySet());
    Set<Id> fresh = new LinkedHashSet<>();
    for (Changes page : pages) {
      assertThat(page.created()).as(how + ": created ids are new").noneMatch(objects::containsKey);
      ids.addAll(page.created());
      page.destroyed().forEach(ids::remove);
      fresh.addAll(page.created());
      fresh.addAll(page.updated());
    }
    assertThat(ids).as(how + ": the ids").isEqualTo(now.keySet());
    Set<Id> changed =
        now.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(objects.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(fresh).as(how + ": what is created or updated").containsAll(changed);
  }

  private Optional<ChangesRole> changes() {
    return fixture.account().roles().find(fixture.type().changesRole());
  }

  private Map<Id, ObjectNode> rendered() {
    DataType<T, ?, ?> type = fixture.type();
    List<Property<T>> shown =
        type.properties().values().stream().filter(Property::returnedByDefault).toList();
    ReadRequest all =
        ReadRequest.all(shown.stream().map(Property::name).collect(Collectors.toSet()));
    RenderContext rendering =
        new RenderContext(fixture.context(), Arguments.none(), fixture.account().roles());
    Map<Id, ObjectNode> rendered = new LinkedHashMap<>();
    fixture
        .account()
        .roles()
        .find(type.readRole())
        .orElseThrow()
        .read(fixture.context(), all)
        .forEach(
            object -> {
              ObjectNode json = JsonNodeFactory.instance.objectNode();
              shown.forEach(
                  property ->
                      json.set(property.name(), property.renderer().render(object, rendering)));
              assertThat(rendered.put(type.idOf(object), json)).as("an id read twice").isNull();
            });
    return rendered;
  }

  static <T> Set<Id> ids(DataType<T, ?, ?> type, List<T> objects) {
    Set<Id> ids = new LinkedHashSet<>();
    objects.forEach(object -> ids.add(type.idOf(object)));
    return ids;
  }
}
