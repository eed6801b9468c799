package org.jmapproxy.core.type;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;

/**
 * What a /set does last if every creation, update and destruction of the call has succeeded, such
 * as to make one of the objects the active one ({@code onSuccessActivateScript}, RFC 9661 section
 * 2.4). What it changes is told in the same response and is part of its {@code newState}. A failure
 * leaves what the call has done as it is and is told by an error behind the response, or instead of
 * it if there was nothing else to do.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface SetConclusion<T> {

  /**
   * Does it.
   *
   * @param arguments the extra arguments of the call
   * @param creationIds replaces {@code #creationId} by the id of what was created
   * @return the objects that it changed
   */
  List<Touched<T>> conclude(
      CallContext context, Roles roles, Arguments arguments, UnaryOperator<String> creationIds);

  /**
   * An object that was changed beside those that the call names, or once more.
   *
   * @param <T> the object
   * @param object as it is now
   * @param properties the names of the properties to be told
   */
  record Touched<T>(T object, Set<String> properties) {

    /** Copies the names. */
    public Touched {
      properties = Set.copyOf(properties);
    }
  }
}
