/** The quotas that the mail server tells, as JMAP shows them. */
@NullMarked
package org.jmapproxy.backend.imap.internal.quota;

import org.jspecify.annotations.NullMarked;
