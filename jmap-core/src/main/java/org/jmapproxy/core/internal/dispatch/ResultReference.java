package org.jmapproxy.core.internal.dispatch;

import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import tools.jackson.databind.JsonNode;

/**
 * A ResultReference object (RFC 8620 section 3.7).
 *
 * @param argument the argument that it stands for, with its {@code #}
 * @param resultOf a call id
 * @param name the name that the response must have
 * @param path where in the response's arguments the value is
 */
record ResultReference(String argument, String resultOf, String name, ResultPointer path) {

  /**
   * Reads the value of an argument.
   *
   * @throws MethodException {@code invalidResultReference}
   */
  static ResultReference parse(String argument, JsonNode json) {
    if (!json.isObject()) {
      throw refused(argument, "is not a ResultReference object");
    }
    ResultPointer path =
        ResultPointer.parse(text(argument, json, "path"))
            .orElseThrow(() -> refused(argument, "path is not a JSON pointer"));
    return new ResultReference(
        argument, text(argument, json, "resultOf"), text(argument, json, "name"), path);
  }

  MethodException refused(String reason) {
    return refused(argument, reason);
  }

  private static String text(String argument, JsonNode json, String member) {
    JsonNode value = json.get(member);
    if (value == null || !value.isString()) {
      throw refused(argument, member + " is not a string");
    }
    return value.stringValue();
  }

  private static MethodException refused(String argument, String reason) {
    return new MethodException(MethodError.invalidResultReference(argument + ": " + reason));
  }
}
