package org.jmapproxy.backend.imap.internal.store.query;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.BeyondReplica;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.QuerySupport;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.SearchText;

/** Answers Email/query with SQL; what it asks of bodies is found out before. */
public final class EmailQueries implements QueryRole {

  /** For more ids than this the whole result is walked along once. */
  private static final int MOST_SINGLE_RANKS = 20;

  private final Database database;
  private final Optional<BeyondReplica> beyond;
  private final QuerySupport support;

  /**
   * Answers from a database.
   *
   * @param beyond absent: {@code body} is not supported, {@code text} is looked for in headers
   */
  public EmailQueries(Database database, Optional<BeyondReplica> beyond) {
    this.database = database;
    this.beyond = beyond;
    Set<String> filters = new HashSet<>(FilterSql.SUPPORTED);
    if (beyond.isPresent()) {
      filters.add(EmailFilters.BODY.name());
    }
    this.support = new QuerySupport(filters, SortSql.SUPPORTED);
  }

  @Override
  public QuerySupport support() {
    return support;
  }

  /** The server may find in a body what it did not find before; it tells nobody. */
  @Override
  public boolean canCalculateChanges(CallContext context, Query query) {
    return beyond.isEmpty() || BodyTexts.of(query).texts().isEmpty();
  }

  @Override
  public QueryPage page(
      CallContext context, Query query, long position, int limit, boolean calculateTotal) {
    fetchHits(context, query);
    Map<SearchText, Set<Id>> bodies = bodies(context, query);
    return database.read(
        session -> {
          Plan plan = Plan.of(query, folders(session), bodies);
          List<Id> ids =
              plan.collapses()
                  ? collapsedPage(session, plan, position, limit)
                  : page(session, plan, position, limit);
          return new QueryPage(ids, calculateTotal ? total(session, plan) : OptionalLong.empty());
        });
  }

  @Override
  public Map<Id, Long> ranks(CallContext context, Query query, Collection<Id> ids) {
    Map<SearchText, Set<Id>> bodies = bodies(context, query);
    return database.read(
        session -> {
          Plan plan = Plan.of(query, folders(session), bodies);
          return ids.size() > MOST_SINGLE_RANKS
              ? ranksByWalking(session, plan, Set.copyOf(ids))
              : ranksByCounting(session, plan, ids);
        });
  }

  private void fetchHits(CallContext context, Query query) {
    if (beyond.isPresent() && query.filter().isPresent()) {
      beyond
          .get()
          .fetchHits(context, query.filter().get(), BodyTexts.mailboxId(query.filter().get()));
    }
  }

  /** Waits for the network, so no transaction may be open. */
  private Map<SearchText, Set<Id>> bodies(CallContext context, Query query) {
    BodyTexts wanted = BodyTexts.of(query);
    return beyond.isEmpty() || wanted.texts().isEmpty()
        ? Map.of()
        : beyond.get().inBodies(context, wanted.texts(), wanted.mailboxId());
  }

  private static List<Id> page(Session session, Plan plan, long position, int limit)
      throws SQLException {
    Sql sql = Sql.concat(plan.walk(), Sql.of(" LIMIT ? OFFSET ?", limit, position));
    return session.list(sql.text(), row -> Id.of(row.getString(1)), sql.toArguments());
  }

  /** Walks until the window is full. */
  private static List<Id> collapsedPage(Session session, Plan plan, long position, int limit)
      throws SQLException {
    List<Id> ids = new ArrayList<>();
    if (limit == 0) {
      return ids;
    }
    Set<Long> seen = new HashSet<>();
    session.walk(
        plan.walk().text(),
        row -> {
          if (seen.add(row.getLong(2)) && seen.size() > position) {
            ids.add(Id.of(row.getString(1)));
          }
          return ids.size() < limit;
        },
        plan.walk().toArguments());
    return ids;
  }

  /** The counts of Mailboxes are exactly these totals. */
  private static OptionalLong total(Session session, Plan plan) throws SQLException {
    if (plan.source().folder().isPresent() && plan.rest().isEmpty()) {
      return session.number(
          plan.collapses()
              ? "SELECT total_threads FROM replica_folder WHERE folder = ?"
              : "SELECT total_emails FROM replica_folder WHERE folder = ?",
          plan.source().folder().get().key());
    }
    Sql count = plan.count();
    return session.number(count.text(), count.toArguments());
  }

  private static Map<Id, Long> ranksByWalking(Session session, Plan plan, Set<Id> wanted)
      throws SQLException {
    Map<Id, Long> ranks = new LinkedHashMap<>();
    Set<Long> threads = new HashSet<>();
    long[] rank = {0};
    session.walk(
        plan.walk().text(),
        row -> {
          if (!plan.collapses() || threads.add(row.getLong(2))) {
            Id id = Id.of(row.getString(1));
            if (wanted.contains(id)) {
              ranks.put(id, rank[0]);
            }
            rank[0]++;
          }
          return ranks.size() < wanted.size();
        },
        plan.walk().toArguments());
    return ranks;
  }

  private static Map<Id, Long> ranksByCounting(Session session, Plan plan, Collection<Id> ids)
      throws SQLException {
    Map<Id, Long> ranks = new LinkedHashMap<>();
    int width = plan.sort().keys().size();
    for (Id id : ids) {
      Sql lookUp = plan.lookUp(id);
      Optional<List<Object>> found =
          session.first(
              lookUp.text(),
              row -> {
                List<Object> values = new ArrayList<>(width + 1);
                for (int i = 1; i <= width + 1; i++) {
                  values.add(row.getObject(i));
                }
                return values;
              },
              lookUp.toArguments());
      if (found.isPresent()) {
        long thread = ((Number) found.get().get(0)).longValue();
        OptionalLong rank = rank(session, plan, thread, found.get().subList(1, width + 1));
        rank.ifPresent(value -> ranks.put(id, value));
      }
    }
    return ranks;
  }

  private static OptionalLong rank(Session session, Plan plan, long thread, List<Object> values)
      throws SQLException {
    if (plan.collapses()) {
      Sql earlier = plan.threadIsBefore(thread, values);
      if (session.number(earlier.text(), earlier.toArguments()).isPresent()) {
        return OptionalLong.empty();
      }
    }
    Sql before = plan.countBefore(values);
    return session.number(before.text(), before.toArguments());
  }

  private static Map<Id, Source.Folder> folders(Session session) throws SQLException {
    Map<Id, Source.Folder> folders = new HashMap<>();
    session.walk(
        "SELECT mailbox_id, folder, total_emails FROM replica_folder",
        row -> {
          folders.put(Id.of(row.getString(1)), new Source.Folder(row.getLong(2), row.getLong(3)));
          return true;
        });
    return folders;
  }
}
