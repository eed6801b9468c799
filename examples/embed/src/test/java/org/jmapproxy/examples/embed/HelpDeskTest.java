package org.jmapproxy.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpDeskTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void openTicketsAreListedLikeAnInbox() throws Exception {
    try (HelpDesk helpDesk =
        HelpDesk.start(
            0,
            List.of(
                new Ticket(7, "Mira <mira@example.com>", "Bell is silent", "It was.", NOON, false),
                new Ticket(8, "Ana <ana@example.org>", "Done", "Thanks.", NOON, true)))) {
      String answer =
          post(
              helpDesk,
              """
              {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:mail"],"methodCalls":[
               ["Email/query",{"accountId":"helpdesk","filter":{"inMailbox":"open"},
                 "sort":[{"property":"receivedAt","isAscending":false}]},"q"],
               ["Email/get",{"accountId":"helpdesk","properties":["subject","from"],
                 "#ids":{"resultOf":"q","name":"Email/query","path":"/ids"}},"g"]]}
              """);

      assertThat(answer).contains("#7 Bell is silent", "mira@example.com").doesNotContain("#8");
    }
  }

  @Test
  void theSessionNamesTheAccount() throws Exception {
    try (HelpDesk helpDesk = HelpDesk.start(0, List.of())) {
      HttpResponse<String> session =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(at(helpDesk, "/.well-known/jmap")).build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(session.statusCode()).isEqualTo(200);
      assertThat(session.body()).contains("\"helpdesk\"", "urn:ietf:params:jmap:mail");
    }
  }

  private static String post(HelpDesk helpDesk, String request) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(at(helpDesk, "/jmap"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static URI at(HelpDesk helpDesk, String path) {
    return URI.create("http://localhost:" + helpDesk.port() + path);
  }
}
