package org.jmapproxy.core.contract;

import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.testkit.AllContracts;
import org.jmapproxy.core.testkit.Note;
import org.jmapproxy.core.testkit.NoteType;
import org.jmapproxy.core.testkit.NoteUpdate;
import org.jmapproxy.core.testkit.TypeFixture;
import tools.jackson.databind.node.ObjectNode;

/** All other roles than reading are found to be absent. */
class ReadingOnlyAccountTest implements AllContracts<Note, ObjectNode, NoteUpdate> {

  private final NoteFixture fixture =
      new NoteFixture(
          NoteType.TYPE.changesRole(),
          NoteType.TYPE.writeRole(),
          NoteType.TYPE.queryRole(),
          BlobRole.ROLE,
          ChangeSignals.ROLE);

  @Override
  public TypeFixture<Note, ObjectNode, NoteUpdate> fixture() {
    return fixture;
  }
}
