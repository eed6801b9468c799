package org.jmapproxy.core.blob;

import org.jmapproxy.core.id.Id;

/**
 * The result of an upload (RFC 8620 section 6.1).
 *
 * @param blobId the id of the data
 * @param type the media type
 * @param size in octets
 */
public record UploadedBlob(Id blobId, String type, long size) {}
