package org.jmapproxy.mail.email;

import java.util.Set;

/**
 * What is about to be read of one Email's message. Immutable.
 *
 * @param email the Email, with its structure
 * @param parts the numbers of the parts whose content will be read
 * @param sizes the numbers of the parts whose decoded size will be told, as far as the structure
 *     does not know it
 * @param headers whether headers of parts will be read
 */
public record ContentRequest(Email email, Set<String> parts, Set<String> sizes, boolean headers) {

  /** Copies the sets. */
  public ContentRequest {
    parts = Set.copyOf(parts);
    sizes = Set.copyOf(sizes);
  }

  /** Whether octets will be read, and not sizes alone. */
  public boolean readsContent() {
    return headers || !parts.isEmpty();
  }

  /** Whether anything is asked for. */
  public boolean isEmpty() {
    return !readsContent() && sizes.isEmpty();
  }
}
