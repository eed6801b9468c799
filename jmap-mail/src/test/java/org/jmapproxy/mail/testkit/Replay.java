package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A copy of a client's cache, brought up to date from /changes and /queryChanges alone. */
public final class Replay {

  private final MailClient client;
  private final String type;
  private final Set<String> ids;
  private String state;

  private Replay(MailClient client, String type, Set<String> ids, String state) {
    this.client = client;
    this.type = type;
    this.ids = ids;
    this.state = state;
  }

  /** Remembers what there is now. */
  public static Replay from(MailClient client, String type) {
    String state = client.state(type);
    return new Replay(client, type, existing(client, type), state);
  }

  /** Follows the changes in the smallest pages, and compares. */
  public void verify() {
    boolean more = true;
    for (int page = 0; more; page++) {
      assertThat(page).as("pages of " + type + "/changes").isLessThan(1000);
      JsonNode changes =
          client.call(type + "/changes", "{'sinceState':'" + state + "','maxChanges':1}");
      int size =
          changes.get("created").size()
              + changes.get("updated").size()
              + changes.get("destroyed").size();
      assertThat(size).as(changes.toString()).isLessThanOrEqualTo(1);
      ids.addAll(MailClient.strings(changes.get("created")));
      List<String> destroyed = MailClient.strings(changes.get("destroyed"));
      assertThat(ids).as(changes.toString()).containsAll(destroyed);
      ids.removeAll(destroyed);
      state = changes.get("newState").stringValue();
      more = changes.get("hasMoreChanges").booleanValue();
    }
    assertThat(ids).isEqualTo(existing(client, type));
  }

  private static Set<String> existing(MailClient client, String type) {
    if (type.equals("Thread")) {
      Set<String> threads = new LinkedHashSet<>();
      for (String id : client.query("Email", "{}")) {
        threads.add(client.get("Email", id, "threadId").get("threadId").stringValue());
      }
      return threads;
    }
    return new LinkedHashSet<>(client.query(type, "{}"));
  }
}
