/** Mail servers for tests: a real Dovecot, a scripted one for odd behaviour, and a bad network. */
@NullMarked
package org.jmapproxy.backend.imap.testkit;

import org.jspecify.annotations.NullMarked;
