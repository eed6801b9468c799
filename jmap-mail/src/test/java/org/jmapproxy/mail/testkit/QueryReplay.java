package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A query result that a client keeps up to date with /queryChanges (RFC 8620 section 5.6). */
public final class QueryReplay {

  private final MailClient client;
  private final String type;
  private final String arguments;
  private final List<String> ids;
  private String state;

  private QueryReplay(
      MailClient client, String type, String arguments, List<String> ids, String state) {
    this.client = client;
    this.type = type;
    this.arguments = arguments;
    this.ids = ids;
    this.state = state;
  }

  /**
   * Remembers a result.
   *
   * @param arguments members of the arguments, without braces
   */
  public static QueryReplay from(MailClient client, String type, String arguments) {
    JsonNode result = client.call(type + "/query", "{" + arguments + "}");
    List<String> ids = new ArrayList<>(MailClient.strings(result.get("ids")));
    return new QueryReplay(client, type, arguments, ids, result.get("queryState").stringValue());
  }

  /** Applies the changes as the RFC tells clients to, and compares. */
  public void verify() {
    String since = "'sinceQueryState':'" + state + "'";
    String separator = arguments.isEmpty() ? "" : ",";
    JsonNode changes =
        client.call(type + "/queryChanges", "{" + arguments + separator + since + "}");
    ids.removeAll(MailClient.strings(changes.get("removed")));
    long last = -1;
    for (JsonNode item : changes.get("added")) {
      long index = item.get("index").asLong();
      assertThat(index).as(changes.toString()).isGreaterThan(last);
      last = index;
      ids.add((int) index, item.get("id").stringValue());
    }
    state = changes.get("newQueryState").stringValue();
    assertThat(ids).as(changes.toString()).isEqualTo(client.query(type, "{" + arguments + "}"));
  }
}
