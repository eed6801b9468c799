package org.jmapproxy.core.internal.standard;

import java.util.List;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.type.DataType;

/** The methods that follow from a data type's declaration. */
public final class StandardMethods {

  private StandardMethods() {}

  /** One method for each standard method that the type offers. */
  public static List<Method> of(DataType<?, ?, ?> type) {
    return List.of();
  }
}
