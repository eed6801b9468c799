package org.jmapproxy.core.backend;

import java.util.Map;
import org.jmapproxy.core.id.Id;

/**
 * Where an account lives.
 *
 * @param accountId our id
 * @param email its address
 * @param settings the fields of the management API by name ({@code imapHost}, {@code imapPort},
 *     ...), without secrets
 * @param credentials what to log in with
 */
public record AccountConfiguration(
    Id accountId, String email, Map<String, String> settings, Credentials credentials) {

  /** Copies the settings. */
  public AccountConfiguration {
    settings = Map.copyOf(settings);
  }
}
