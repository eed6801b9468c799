package org.jmapproxy.core.method;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A method that is not derived from a data type's declaration, such as Email/import. Thread-safe.
 */
public interface Method {

  /** The full name, for example {@code Email/import}. */
  String name();

  /** The capability that must stand in {@code using}. */
  String capability();

  /**
   * Answers a call; failures of the whole call are thrown as {@code MethodException}.
   *
   * @param context the request around the call
   * @param arguments the arguments with result references resolved; owned by the method
   * @return the responses, at least one; their call ids are set by the caller
   */
  List<Invocation> call(MethodContext context, ObjectNode arguments);
}
