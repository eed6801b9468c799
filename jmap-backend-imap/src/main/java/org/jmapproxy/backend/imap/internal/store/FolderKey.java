package org.jmapproxy.backend.imap.internal.store;

/**
 * Names a folder inside one store for as long as the folder exists, whatever it is called.
 *
 * @param value the internal key; never shown to clients
 */
public record FolderKey(long value) {}
