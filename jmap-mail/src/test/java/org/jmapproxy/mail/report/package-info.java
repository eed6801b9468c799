/** Tests of reading reports. */
@NullMarked
package org.jmapproxy.mail.report;

import org.jspecify.annotations.NullMarked;
