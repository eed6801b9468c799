/** The data type EmailSubmission (RFC 8621 section 7), and the rules of sending. */
@NullMarked
package org.jmapproxy.mail.submission;

import org.jspecify.annotations.NullMarked;
