package org.jmapproxy.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;
import static org.jmapproxy.server.RunningProxy.json;

import org.jmapproxy.server.RunningProxy;
import tools.jackson.databind.JsonNode;

/** A JMAP client that makes push subscriptions. Single quotes stand for double quotes. */
record PushClient(RunningProxy proxy, String user, String password) {

  JsonNode set(String arguments) {
    return call("PushSubscription/set", arguments);
  }

  JsonNode list() {
    return call("PushSubscription/get", "{'ids': null}").get("list");
  }

  /** The answer to the creation of one subscription. */
  JsonNode create(String url) {
    return set("{'create': {'k': {'deviceClientId': 'test', 'url': '" + url + "'}}}");
  }

  /** Creates a subscription and verifies it; its id. */
  String subscribe(PushEndpoint endpoint) {
    JsonNode created = create(endpoint.url());
    String id = created.at("/created/k/id").asString("");
    assertThat(id).as(created.toString()).isNotEmpty();
    JsonNode set =
        set("{'update': {'%s': {'verificationCode': '%s'}}}".formatted(id, endpoint.code(id)));
    assertThat(set.at("/updated").has(id)).as(set.toString()).isTrue();
    return id;
  }

  private JsonNode call(String method, String arguments) {
    String body =
        "{'using': ['urn:ietf:params:jmap:core'], 'methodCalls': [['%s', %s, '0']]}"
            .formatted(method, arguments)
            .replace('\'', '"');
    var answer =
        proxy.jmap(
            "POST",
            "/jmap",
            body,
            "Authorization",
            basic(user, password),
            "Content-Type",
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode response = json(answer).get("methodResponses").get(0);
    assertThat(response.get(0).asString()).as(response.toString()).isEqualTo(method);
    return response.get(1);
  }
}
