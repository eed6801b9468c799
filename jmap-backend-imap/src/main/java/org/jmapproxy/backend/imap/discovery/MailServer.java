package org.jmapproxy.backend.imap.discovery;

/**
 * Where a service answers.
 *
 * @param host its name
 * @param port its port
 * @param security as in the management API: 2 for TLS from the start, 3 for STARTTLS
 */
public record MailServer(String host, int port, int security) {}
