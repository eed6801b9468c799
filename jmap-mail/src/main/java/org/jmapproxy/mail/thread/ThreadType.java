package org.jmapproxy.mail.thread;

import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import org.jmapproxy.mail.capability.MailCapability;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The data type Thread (RFC 8621 section 3). */
public final class ThreadType {

  /** The declaration: Thread/get and Thread/changes. */
  public static final DataType<EmailThread, Void, Void> TYPE =
      DataType.<EmailThread, Void, Void>named("Thread", MailCapability.URN, EmailThread::id)
          .property(
              Property.serverSet("emailIds", JsonType.listOf(JsonType.ID), ThreadType::emailIds))
          .methods(StandardMethod.CHANGES)
          .build();

  private ThreadType() {}

  private static ArrayNode emailIds(EmailThread thread) {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    thread.emailIds().stream().map(Id::value).forEach(ids::add);
    return ids;
  }
}
