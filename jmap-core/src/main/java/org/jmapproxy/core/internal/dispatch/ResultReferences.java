package org.jmapproxy.core.internal.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces references to earlier results by these results (RFC 8620 section 3.7). One object serves
 * one request, and bounds what all its references together bring in: without a bound, a few calls
 * that refer to each other double their size at each step.
 */
final class ResultReferences {

  private static final int MAX_PER_CALL = 32;

  private final ReferenceBudget budget;

  ResultReferences(ReferenceBudget budget) {
    this.budget = budget;
  }

  /**
   * The arguments with references replaced.
   *
   * @param responses the responses so far
   * @param leave which call ids are left to be resolved by somebody else
   * @throws MethodException {@code invalidArguments} or {@code invalidResultReference}
   */
  ObjectNode resolve(ObjectNode arguments, List<Invocation> responses, Predicate<String> leave) {
    int count = countIn(arguments);
    if (count == 0) {
      return arguments;
    }
    if (count > MAX_PER_CALL) {
      throw new MethodException(
          MethodError.invalidArguments("more than " + MAX_PER_CALL + " result references"));
    }
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      String name = argument.getKey();
      if (!name.startsWith("#")) {
        resolved.set(name, argument.getValue());
        continue;
      }
      if (arguments.has(name.substring(1))) {
        throw new MethodException(
            MethodError.invalidArgument(name.substring(1), "is given twice, once as a reference"));
      }
      ResultReference reference = ResultReference.parse(name, argument.getValue());
      if (leave.test(reference.resultOf())) {
        resolved.set(name, argument.getValue());
      } else {
        resolved.set(name.substring(1), resolve(reference, responses));
      }
    }
    return resolved;
  }

  /**
   * The value of one reference, as a copy.
   *
   * @throws MethodException {@code invalidResultReference}
   */
  JsonNode resolve(ResultReference reference, List<Invocation> responses) {
    Invocation response =
        responses.stream()
            .filter(one -> one.callId().equals(reference.resultOf()))
            .findFirst()
            .orElseThrow(() -> reference.refused("no call before this one has this call id"));
    if (!response.name().equals(reference.name())) {
      throw reference.refused("the first response to that call is not of this name");
    }
    Optional<JsonNode> value = reference.path().evaluate(response.arguments(), budget);
    return budget
        .copy(value.orElseThrow(() -> reference.refused("the path leads nowhere")))
        .orElseThrow(() -> reference.refused("the references of this request cost too much"));
  }

  private static int countIn(ObjectNode arguments) {
    int count = 0;
    for (String name : arguments.propertyNames()) {
      if (name.startsWith("#")) {
        count++;
      }
    }
    return count;
  }
}
