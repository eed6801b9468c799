package org.jmapproxy.examples.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Queries that clients make, each for the first 50 of a mailbox unless it says otherwise. */
final class Queries {

  private static final String NEWEST = "[{\"property\":\"receivedAt\",\"isAscending\":false}]";

  private Queries() {}

  /** Method calls by what they ask. */
  static Map<String, String> in(String inbox) {
    Map<String, String> calls = new LinkedHashMap<>();
    String mailbox = "\"inMailbox\":\"" + inbox + "\"";
    calls.put("newest", query(mailbox, NEWEST, ""));
    calls.put("newest, with total", query(mailbox, NEWEST, ",\"calculateTotal\":true"));
    calls.put("newest Threads", query(mailbox, NEWEST, ",\"collapseThreads\":true"));
    calls.put(
        "newest Threads, with total",
        query(mailbox, NEWEST, ",\"collapseThreads\":true,\"calculateTotal\":true"));
    calls.put("position 5000", query(mailbox, NEWEST, ",\"position\":5000"));
    calls.put("newest of all", query("", NEWEST, ""));
    calls.put("unread", query(mailbox + ",\"notKeyword\":\"$seen\"", NEWEST, ""));
    calls.put(
        "unread, with total",
        query(mailbox + ",\"notKeyword\":\"$seen\"", NEWEST, ",\"calculateTotal\":true"));
    calls.put("flagged (none)", query(mailbox + ",\"hasKeyword\":\"$flagged\"", NEWEST, ""));
    calls.put("own keyword (none)", query(mailbox + ",\"hasKeyword\":\"work\"", NEWEST, ""));
    calls.put(
        "Thread has unread", query(mailbox + ",\"noneInThreadHaveKeyword\":\"$seen\"", NEWEST, ""));
    calls.put(
        "Thread has flagged (none)",
        query(mailbox + ",\"someInThreadHaveKeyword\":\"$flagged\"", NEWEST, ""));
    calls.put("attachment", query(mailbox + ",\"hasAttachment\":true", NEWEST, ""));
    calls.put("larger than 1 MB (none)", query(mailbox + ",\"minSize\":1000000", NEWEST, ""));
    calls.put(
        "before 2000 (none)", query(mailbox + ",\"before\":\"2000-01-01T00:00:00Z\"", NEWEST, ""));
    calls.put("from", query(mailbox + ",\"from\":\"garden7@\"", NEWEST, ""));
    calls.put("subject (none)", query(mailbox + ",\"subject\":\"xyzzy\"", NEWEST, ""));
    calls.put("header (none)", query(mailbox + ",\"header\":[\"List-Id\",\"xyzzy\"]", NEWEST, ""));
    for (String sort : new String[] {"size", "from", "subject", "sentAt"}) {
      calls.put(
          "sorted by " + sort,
          query(mailbox, "[{\"property\":\"" + sort + "\",\"isAscending\":true}]", ""));
    }
    calls.put("Mailbox/get, all", "[\"Mailbox/get\",{\"accountId\":\"bench\",\"ids\":null},\"0\"]");
    return calls;
  }

  private static String query(String filter, String sort, String more) {
    return "[\"Email/query\",{\"accountId\":\"bench\",\"filter\":{%s},\"sort\":%s,\"limit\":50%s},\"0\"]"
        .formatted(filter, sort, more);
  }
}
