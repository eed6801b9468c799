package org.jmapproxy.core.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.session.Capability;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A module of methods that tests write as lambdas. */
final class TestModule implements JmapModule {

  static final String URN = "urn:test";

  private final String urn;
  private final List<Method> methods = new ArrayList<>();

  TestModule() {
    this(URN);
  }

  TestModule(String urn) {
    this.urn = urn;
  }

  /** Adds a method with one response of its own name. */
  TestModule method(String name, BiFunction<MethodContext, ObjectNode, ObjectNode> body) {
    return responses(
        name,
        (context, arguments) ->
            List.of(new Invocation(name, body.apply(context, arguments), "ignored")));
  }

  /** Adds a method that answers an empty object. */
  TestModule method(String name) {
    return method(name, (context, arguments) -> JsonNodeFactory.instance.objectNode());
  }

  /** Adds a method with any responses. */
  TestModule responses(String name, BiFunction<MethodContext, ObjectNode, List<Invocation>> body) {
    methods.add(
        new Method() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public String capability() {
            return urn;
          }

          @Override
          public List<Invocation> call(MethodContext context, ObjectNode arguments) {
            return body.apply(context, arguments);
          }
        });
    return this;
  }

  @Override
  public List<Capability> capabilities() {
    return List.of(
        Capability.of(urn, account -> Optional.of(JsonNodeFactory.instance.objectNode())));
  }

  @Override
  public List<Method> methods() {
    return methods;
  }
}
