package org.jmapproxy.core.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.JmapServerBuilder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.type.DataType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RegistryTest {

  @Test
  void capabilityDeclaredTwiceIsRefusedWithBothNames() {
    assertRefused(new First(), new Second(), "capability urn:x", "First", "Second");
  }

  @Test
  void methodDeclaredTwiceIsRefusedWithBothNames() {
    assertRefused(
        module("urn:x", List.of(), List.of(method("Foo/do", "urn:x"))),
        module("urn:y", List.of(), List.of(method("Foo/do", "urn:x"))),
        "method Foo/do",
        "RegistryTest",
        "RegistryTest");
  }

  @Test
  void extraMethodMayNotReplaceAStandardOne() {
    assertRefused(
        module("urn:x", List.of(type("Foo", "urn:x")), List.of()),
        module("urn:y", List.of(), List.of(method("Foo/get", "urn:x"))),
        "method Foo/get",
        "",
        "");
  }

  @Test
  void coresMethodsMayNotBeReplaced() {
    assertRefused(
        module("urn:x", List.of(), List.of(method("Core/echo", "urn:x"))),
        module("urn:y", List.of(), List.of()),
        "method Core/echo",
        "CoreModule",
        "");
  }

  @Test
  void typeDeclaredTwiceIsRefused() {
    assertRefused(
        module("urn:x", List.of(type("Foo", "urn:x")), List.of()),
        module("urn:y", List.of(type("Foo", "urn:y")), List.of()),
        "data type Foo",
        "",
        "");
  }

  @Test
  void typeOfACapabilityThatNobodyDeclaresIsRefused() {
    assertRefused(
        module("urn:x", List.of(type("Foo", "urn:z")), List.of()),
        module("urn:y", List.of(), List.of()),
        "urn:z",
        "Foo",
        "no module declares");
  }

  private static void assertRefused(JmapModule one, JmapModule other, String... words) {
    JmapServerBuilder builder = JmapServer.builder().module(one).module(other);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(words);
  }

  private static DataType<Id, Void, Void> type(String name, String capability) {
    return DataType.<Id, Void, Void>named(name, capability, id -> id).build();
  }

  private static Method method(String name, String capability) {
    return new Method() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String capability() {
        return capability;
      }

      @Override
      public List<Invocation> call(MethodContext context, ObjectNode arguments) {
        return List.of();
      }
    };
  }

  private static JmapModule module(
      String urn, List<DataType<?, ?, ?>> types, List<Method> methods) {
    return new JmapModule() {
      @Override
      public List<Capability> capabilities() {
        return List.of(Capability.of(urn, account -> Optional.empty()));
      }

      @Override
      public List<DataType<?, ?, ?>> dataTypes() {
        return types;
      }

      @Override
      public List<Method> methods() {
        return methods;
      }
    };
  }

  private static class First implements JmapModule {
    @Override
    public List<Capability> capabilities() {
      return List.of(Capability.of("urn:x", account -> Optional.empty()));
    }
  }

  private static final class Second extends First {}
}
