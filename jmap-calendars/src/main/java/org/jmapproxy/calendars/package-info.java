/** JMAP Calendars. */
@NullMarked
package org.jmapproxy.calendars;

import org.jspecify.annotations.NullMarked;
