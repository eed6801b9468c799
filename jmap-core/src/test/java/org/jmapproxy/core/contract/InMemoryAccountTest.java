package org.jmapproxy.core.contract;

import org.jmapproxy.core.testkit.AllContracts;
import org.jmapproxy.core.testkit.Note;
import org.jmapproxy.core.testkit.NoteUpdate;
import org.jmapproxy.core.testkit.TypeFixture;
import tools.jackson.databind.node.ObjectNode;

class InMemoryAccountTest implements AllContracts<Note, ObjectNode, NoteUpdate> {

  private final NoteFixture fixture = new NoteFixture();

  @Override
  public TypeFixture<Note, ObjectNode, NoteUpdate> fixture() {
    return fixture;
  }
}
