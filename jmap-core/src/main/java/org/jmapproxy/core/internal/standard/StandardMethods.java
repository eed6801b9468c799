package org.jmapproxy.core.internal.standard;

import java.util.List;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.StandardMethod;

/** The methods that follow from a data type's declaration. */
public final class StandardMethods {

  private StandardMethods() {}

  /** One method for each standard method that the type offers. */
  public static List<Method> of(DataType<?, ?, ?> type) {
    return type.methods().stream().map(method -> method(method, type)).toList();
  }

  private static Method method(StandardMethod method, DataType<?, ?, ?> type) {
    return switch (method) {
      case GET -> new GetMethod<>(type);
      case CHANGES -> new ChangesMethod<>(type);
      case SET -> new SetMethod<>(type);
      case COPY -> new CopyMethod<>(type);
      case QUERY -> new QueryMethod<>(type);
      case QUERY_CHANGES -> new QueryChangesMethod<>(type);
    };
  }
}
