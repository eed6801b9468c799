package org.jmapproxy.core.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.id.Id;

/** Finds the objects that refer to blobs (RFC 9404 section 4.3). Thread-safe. */
public interface BlobLookupRole {

  /** The key of this role. */
  Role<BlobLookupRole> ROLE = Role.of("Blob/lookup", BlobLookupRole.class);

  /** The data types whose objects can be found; always the same. */
  Set<String> typeNames();

  /**
   * The objects that refer to blobs, directly or by what they contain.
   *
   * @param typeName one of {@link #typeNames}
   * @param blobIds without duplicates
   * @return the ids of objects by blob id; blobs that nothing refers to may be left out
   */
  Map<Id, List<Id>> referring(CallContext context, String typeName, List<Id> blobIds);
}
