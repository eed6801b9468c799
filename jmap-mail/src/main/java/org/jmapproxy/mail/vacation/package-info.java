/** The data type VacationResponse (RFC 8621 section 8). */
@NullMarked
package org.jmapproxy.mail.vacation;

import org.jspecify.annotations.NullMarked;
