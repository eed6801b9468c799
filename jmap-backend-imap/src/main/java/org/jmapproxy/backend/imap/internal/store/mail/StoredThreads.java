package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.thread.EmailThread;
import org.jmapproxy.mail.thread.ThreadLookup;

/** Reads Threads, and finds those of Emails. */
record StoredThreads(Database database) implements ReadRole<EmailThread>, ThreadLookup {

  private static final String EMAILS =
      " JOIN replica_email e ON e.thread = t.thread"
          + " WHERE t.created_seq IS NOT NULL AND e.created_seq IS NOT NULL"
          + " ORDER BY t.thread, e.received_at, e.id";

  @Override
  public List<EmailThread> read(CallContext context, ReadRequest request) {
    Map<Id, List<Id>> emails = new LinkedHashMap<>();
    return database.read(
        session -> {
          if (request.ids().isPresent()) {
            session.walk(
                "SELECT t.id, e.id FROM json_each(?) j JOIN replica_thread t ON t.id = j.value"
                    + EMAILS,
                row -> add(emails, row.getString(1), row.getString(2)),
                IdList.json(request.ids().get()));
          } else {
            session.walk(
                "SELECT t.id, e.id FROM replica_thread t" + EMAILS,
                row -> add(emails, row.getString(1), row.getString(2)));
          }
          List<EmailThread> threads = new ArrayList<>(emails.size());
          emails.forEach((id, members) -> threads.add(new EmailThread(id, members)));
          return threads;
        });
  }

  @Override
  public Map<Id, Id> threadIds(CallContext context, Collection<Id> emailIds) {
    String ids = IdList.json(emailIds);
    Map<Id, Id> threads = new HashMap<>();
    return database.read(
        session -> {
          session.walk(
              "SELECT j.value, p.thread_id FROM json_each(?) j"
                  + " JOIN replica_past p ON p.type = 3 AND p.id = j.value",
              row -> {
                threads.put(Id.of(row.getString(1)), Id.of(row.getString(2)));
                return true;
              },
              ids);
          session.walk(
              "SELECT e.id, t.id FROM json_each(?) j JOIN replica_email e ON e.id = j.value"
                  + " JOIN replica_thread t ON t.thread = e.thread"
                  + " WHERE e.created_seq IS NOT NULL",
              row -> {
                threads.put(Id.of(row.getString(1)), Id.of(row.getString(2)));
                return true;
              },
              ids);
          return threads;
        });
  }

  private static boolean add(Map<Id, List<Id>> emails, String thread, String email) {
    return emails.computeIfAbsent(Id.of(thread), id -> new ArrayList<>(4)).add(Id.of(email));
  }
}
