package org.jmapproxy.core.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.testkit.InMemoryAccount;
import org.jmapproxy.core.testkit.InMemoryObjects;
import org.jmapproxy.core.testkit.Note;
import org.jmapproxy.core.testkit.NoteType;
import org.jmapproxy.core.testkit.NoteUpdate;
import org.jmapproxy.core.testkit.TypeFixture;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Notes in memory. */
final class NoteFixture implements TypeFixture<Note, ObjectNode, NoteUpdate> {

  private final InMemoryAccount account = new InMemoryAccount(Id.of("a1"));
  private final InMemoryObjects<Note, ObjectNode, NoteUpdate> notes = NoteType.addTo(account);
  private final List<Role<?>> absent;

  NoteFixture(Role<?>... absent) {
    this.absent = List.of(absent);
    this.absent.forEach(account::without);
  }

  @Override
  public DataType<Note, ObjectNode, NoteUpdate> type() {
    return NoteType.TYPE;
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public boolean offers(Role<?> role) {
    return !absent.contains(role);
  }

  @Override
  public Id seed(int number) {
    return notes.add(creation(number)).id();
  }

  @Override
  public void touch(Id id) {
    notes.change(id, note -> new Note(id, note.properties().deepCopy().put("text", "touched")));
  }

  @Override
  public void remove(Id id) {
    notes.remove(id);
  }

  @Override
  public ObjectNode creation(int number) {
    return NoteType.titled("note " + (number % 3));
  }

  @Override
  public NoteUpdate update(Id id) {
    ObjectNode after = JsonNodeFactory.instance.objectNode().put("text", "updated");
    return new NoteUpdate(JsonNodeFactory.instance.objectNode(), after);
  }

  @Override
  public List<Query> queries() {
    @SuppressWarnings("unchecked") // declared with a String
    FilterProperty<Note, String> title =
        (FilterProperty<Note, String>) Objects.requireNonNull(type().filters().get("title"));
    Filter one = new Filter.Condition<>(title, "note 1");
    return List.of(
        new Query(Optional.of(one), List.of(), Arguments.none()),
        new Query(Optional.of(new Filter.Not(List.of(one))), List.of(), Arguments.none()));
  }

  @Override
  public void close() {}
}
