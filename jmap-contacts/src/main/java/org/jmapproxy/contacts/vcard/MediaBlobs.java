package org.jmapproxy.contacts.vcard;

import java.util.Optional;

/** Where the content of embedded media is kept while a Card names it by a {@code blobId}. */
public interface MediaBlobs {

  /** The id under which content can be found; empty leaves it in the Card. */
  Optional<String> idOf(String mediaType, byte[] content);

  /** The content of a blob; empty if there is none of this id. */
  Optional<Content> find(String blobId);

  /**
   * Content of a media.
   *
   * @param mediaType its type
   * @param octets not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Content(String mediaType, byte[] octets) {}
}
