package org.jmapproxy.core.type;

import java.util.Collection;
import java.util.Set;

/**
 * Makes ready what the renderers of a type will look at, for all objects of a /get at once: what is
 * costly to reach is reached together instead of object by object.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface Preparation<T> {

  /**
   * Runs after the objects were read and before the first is rendered.
   *
   * @param objects all objects of the response
   * @param properties the names that will be rendered
   * @param context what renderers would be told otherwise
   * @return what they are told; usually with a role more, see {@link RenderContext#with}
   * @throws org.jmapproxy.core.error.BackendException to answer the call with an error
   */
  RenderContext prepare(Collection<T> objects, Set<String> properties, RenderContext context);

  /** Nothing to make ready. */
  static <T> Preparation<T> none() {
    return (objects, properties, context) -> context;
  }
}
