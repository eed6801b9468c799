/**
 * Who may use the JMAP port: Basic authentication against the stored secret, then the account's
 * server.
 */
@NullMarked
package org.jmapproxy.server.auth;

import org.jspecify.annotations.NullMarked;
