/** What the mail capability announces. */
@NullMarked
package org.jmapproxy.mail.capability;

import org.jspecify.annotations.NullMarked;
