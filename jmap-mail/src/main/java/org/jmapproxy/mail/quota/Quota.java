package org.jmapproxy.mail.quota;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;

/**
 * A limit and how much of it is used (RFC 9425 section 4.1).
 *
 * @param id never used again after the quota is gone
 * @param resourceType what is counted
 * @param used how much there is
 * @param warnLimit from where on people are warned
 * @param softLimit from where on some things are refused
 * @param hardLimit from where on everything is refused
 * @param scope whose use is counted
 * @param name for people
 * @param description for people
 * @param types the names of the data types that count
 */
public record Quota(
    Id id,
    ResourceType resourceType,
    long used,
    Optional<Long> warnLimit,
    Optional<Long> softLimit,
    long hardLimit,
    Scope scope,
    String name,
    Optional<String> description,
    Set<String> types) {

  /** Copies the set. */
  public Quota {
    types = Set.copyOf(types);
  }

  /** What is counted (section 3.2). */
  public enum ResourceType {
    /** Objects. */
    COUNT,
    /** Octets. */
    OCTETS;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whose use is counted (section 3.1). */
  public enum Scope {
    /** This account's. */
    ACCOUNT,
    /** That of all accounts of the domain. */
    DOMAIN,
    /** That of all accounts of the server. */
    GLOBAL;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
