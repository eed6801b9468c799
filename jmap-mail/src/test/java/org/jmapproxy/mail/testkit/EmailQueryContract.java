package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The role of Email that finds, with everything that metadata and headers can answer. */
public interface EmailQueryContract extends MailContract {

  @Test
  default void filtersOnMailboxes() {
    String inbox = client().mailboxOfRole("inbox");
    String other = client().createMailbox("Other");
    String here = client().importMessage(Message.about("here"), inbox);
    String there = client().importMessage(Message.about("there"), other);
    String both = client().importMessage(Message.about("both"), inbox, other);
    assertThat(find("{'inMailbox':'" + inbox + "'}")).containsExactlyInAnyOrder(here, both);
    assertThat(find("{'inMailboxOtherThan':['" + inbox + "']}"))
        .containsExactlyInAnyOrder(there, both);
    assertThat(find("{'inMailboxOtherThan':['" + inbox + "','" + other + "']}")).isEmpty();
    assertThat(find("{'inMailbox':'nothing'}")).isEmpty();
  }

  @Test
  default void filtersOnDatesAndSizesAtTheirBorders() {
    String inbox = client().mailboxOfRole("inbox");
    Message early = Message.about("early");
    Message late = Message.about("late").minutesLater(5).saying("x".repeat(2000) + "\r\n");
    String first = client().importMessage(early, inbox);
    String second = client().importMessage(late, inbox);
    assertThat(find("{'after':'2024-03-01T12:05:00Z'}")).containsExactly(second);
    assertThat(find("{'after':'2024-03-01T12:05:01Z'}")).isEmpty();
    assertThat(find("{'before':'2024-03-01T12:05:00Z'}")).containsExactly(first);
    int size = late.text().length();
    assertThat(find("{'minSize':" + size + "}")).containsExactly(second);
    assertThat(find("{'maxSize':" + size + "}")).containsExactly(first);
  }

  @Test
  default void filtersOnKeywords() {
    String inbox = client().mailboxOfRole("inbox");
    String seen = client().importMessage(Message.about("seen").keywords("$seen"), inbox);
    String fresh = client().importMessage(Message.about("fresh"), inbox);
    assertThat(find("{'hasKeyword':'$Seen'}")).containsExactly(seen);
    assertThat(find("{'notKeyword':'$seen'}")).containsExactly(fresh);
    assertThat(find("{'operator':'NOT','conditions':[{'hasKeyword':'$seen'}]}"))
        .containsExactly(fresh);
    assertThat(
            find("{'operator':'OR','conditions':[{'hasKeyword':'$seen'},{'notKeyword':'$seen'}]}"))
        .containsExactlyInAnyOrder(seen, fresh);
  }

  @Test
  default void filtersOnThreads() {
    String inbox = client().mailboxOfRole("inbox");
    String other = client().createMailbox("Other");
    Message first = Message.about("threads").keywords("$flagged");
    String start = client().importMessage(first, inbox);
    String reply = client().importMessage(first.reply(), other);
    String alone = client().importMessage(Message.about("alone").keywords("$flagged"), inbox);
    String plain = client().importMessage(Message.about("plain"), inbox);
    assertThat(find("{'someInThreadHaveKeyword':'$flagged'}"))
        .containsExactlyInAnyOrder(start, reply, alone);
    assertThat(find("{'allInThreadHaveKeyword':'$flagged'}")).containsExactly(alone);
    assertThat(find("{'noneInThreadHaveKeyword':'$flagged'}")).containsExactly(plain);
  }

  @Test
  default void filtersOnHeaders() {
    String inbox = client().mailboxOfRole("inbox");
    String one =
        client()
            .importMessage(
                Message.about("=?utf-8?q?Sommerf=C3=A4st?= plan").with("X-Tag", "blue"), inbox);
    String two =
        client()
            .importMessage(
                Message.about("winter plan").with("From", "Zoe <zoe@example.net>"), inbox);
    assertThat(find("{'subject':'SOMMERFÄST'}")).containsExactly(one);
    assertThat(find("{'subject':'plan'}")).containsExactlyInAnyOrder(one, two);
    assertThat(find("{'from':'zoe@example.net'}")).containsExactly(two);
    assertThat(find("{'from':'anna'}")).containsExactly(one);
    assertThat(find("{'to':'bert'}")).containsExactlyInAnyOrder(one, two);
    assertThat(find("{'cc':'bert'}")).isEmpty();
    assertThat(find("{'header':['x-tag']}")).containsExactly(one);
    assertThat(find("{'header':['X-Tag','blue']}")).containsExactly(one);
    assertThat(find("{'header':['X-Tag','red']}")).isEmpty();
  }

  @Test
  default void sortsBothWays() {
    String inbox = client().mailboxOfRole("inbox");
    String b =
        client()
            .importMessage(
                Message.about("Re: beta").with("From", "alice@example.com").keywords("$flagged"),
                inbox);
    String a =
        client()
            .importMessage(
                Message.about("Alpha")
                    .with("From", "Carol <a@example.com>")
                    .with("Date", "Thu, 29 Feb 2024 10:00:00 +0000")
                    .minutesLater(1)
                    .saying("long ".repeat(500)),
                inbox);
    for (String property : List.of("receivedAt", "size", "from")) {
      assertThat(sorted("{'property':'" + property + "'}")).as(property).containsExactly(b, a);
      assertThat(sorted("{'property':'" + property + "','isAscending':false}"))
          .as(property)
          .containsExactly(a, b);
    }
    assertThat(sorted("{'property':'subject'}")).containsExactly(a, b);
    assertThat(sorted("{'property':'sentAt'}")).containsExactly(a, b);
    for (String property :
        List.of("hasKeyword", "allInThreadHaveKeyword", "someInThreadHaveKeyword")) {
      String keyword = "'keyword':'$FLAGGED'";
      assertThat(sorted("{'property':'" + property + "'," + keyword + "}"))
          .as(property)
          .containsExactly(a, b);
      assertThat(sorted("{'property':'" + property + "'," + keyword + ",'isAscending':false}"))
          .as(property)
          .containsExactly(b, a);
    }
  }

  @Test
  default void theOrderIsStableAndPagesFitTogether() {
    String inbox = client().mailboxOfRole("inbox");
    for (int i = 0; i < 7; i++) {
      client().importMessage(Message.about("message " + i), inbox);
    }
    String sort = "'sort':[{'property':'receivedAt','isAscending':false}]";
    List<String> all = client().query("Email", "{" + sort + "}");
    assertThat(all).hasSize(7);
    assertThat(client().query("Email", "{" + sort + ",'limit':3}")).isEqualTo(all.subList(0, 3));
    assertThat(client().query("Email", "{" + sort + ",'position':3,'limit':3}"))
        .isEqualTo(all.subList(3, 6));
    assertThat(client().query("Email", "{" + sort + ",'position':-2}"))
        .isEqualTo(all.subList(5, 7));
    assertThat(
            client()
                .query("Email", "{" + sort + ",'anchor':'" + all.get(4) + "','anchorOffset':-1}"))
        .isEqualTo(all.subList(3, 7));
  }

  @Test
  default void collapsedThreadsShowTheirFirstEmailAlone() {
    String inbox = client().mailboxOfRole("inbox");
    Message first = Message.about("collapse");
    String start = client().importMessage(first, inbox);
    String reply = client().importMessage(first.reply(), inbox);
    String other = client().importMessage(Message.about("other").minutesLater(10), inbox);
    String newest = "'sort':[{'property':'receivedAt','isAscending':false}]";
    assertThat(client().query("Email", "{" + newest + ",'collapseThreads':true}"))
        .containsExactly(other, reply);
    assertThat(
            client().query("Email", "{'sort':[{'property':'receivedAt'}],'collapseThreads':true}"))
        .containsExactly(start, other);
    assertThat(
            client()
                .call("Email/query", "{'collapseThreads':true,'calculateTotal':true}")
                .get("total")
                .asLong())
        .isEqualTo(2);
  }

  @Test
  default void queryChangesKeepResultsUpToDate() {
    String inbox = client().mailboxOfRole("inbox");
    String other = client().createMailbox("Other");
    Message first = Message.about("following");
    String start = client().importMessage(first, inbox);
    client().importMessage(Message.about("unrelated").minutesLater(3), inbox);
    String newest = "'sort':[{'property':'receivedAt','isAscending':false}]";
    String inInbox = "'filter':{'inMailbox':'" + inbox + "'}";
    List<QueryReplay> replays =
        List.of(
            QueryReplay.from(client(), "Email", newest),
            QueryReplay.from(client(), "Email", inInbox + "," + newest),
            QueryReplay.from(client(), "Email", inInbox + ",'collapseThreads':true," + newest),
            QueryReplay.from(client(), "Email", "'filter':{'someInThreadHaveKeyword':'$flagged'}"),
            QueryReplay.from(
                client(),
                "Email",
                "'sort':[{'property':'someInThreadHaveKeyword','keyword':'$flagged'}]"));
    replays.forEach(QueryReplay::verify);
    String reply = client().importMessage(first.reply().minutesLater(5), inbox);
    replays.forEach(QueryReplay::verify);
    set("'update':{'" + reply + "':{'keywords/$flagged':true}}");
    replays.forEach(QueryReplay::verify);
    set("'update':{'" + reply + "':{'mailboxIds':{'" + other + "':true}}}");
    replays.forEach(QueryReplay::verify);
    set("'destroy':['" + reply + "']");
    replays.forEach(QueryReplay::verify);
    set("'destroy':['" + start + "']");
    replays.forEach(QueryReplay::verify);
  }

  private void set(String arguments) {
    client().call("Email/set", "{" + arguments + "}");
  }

  private List<String> find(String filter) {
    return client().query("Email", "{'filter':" + filter + "}");
  }

  private List<String> sorted(String comparator) {
    return client().query("Email", "{'sort':[" + comparator + "]}");
  }
}
