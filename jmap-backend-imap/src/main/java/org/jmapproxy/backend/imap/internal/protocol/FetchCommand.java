package org.jmapproxy.backend.imap.internal.protocol;

import java.util.function.Consumer;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/** UID FETCH of a set. Used once. */
final class FetchCommand implements UntaggedHandler {
  private final ImapSession session;
  private final UidSet uids;
  private final FetchRequest request;
  private final Consumer<FetchedMessage> consumer;
  private final UidSet.Builder received = UidSet.builder();
  private final boolean content;

  FetchCommand(
      ImapSession session, UidSet uids, FetchRequest request, Consumer<FetchedMessage> consumer) {
    this.session = session;
    this.uids = uids;
    this.request = request;
    this.consumer = consumer;
    this.content = request.asksForContent();
  }

  UidSet run() {
    Command command =
        Command.named("UID FETCH").space().raw(uids.toString()).space().raw(request.toImap());
    session.reader().maxLiteral(request.maxLiteral());
    try {
      session.execute(command, this);
    } finally {
      session.reader().maxLiteral(0);
    }
    return received.build();
  }

  @Override
  public boolean take(Untagged response) {
    if (!response.is("FETCH")) {
      return false;
    }
    FetchedMessage message = session.fetchParser().parse(response.number(), response.cursor());
    if (uids.contains(message.uid()) && (message.hasContent() || !content)) {
      received.add(message.uid());
      consumer.accept(message);
    } else {
      session.listener().changed(message);
    }
    return true;
  }
}
