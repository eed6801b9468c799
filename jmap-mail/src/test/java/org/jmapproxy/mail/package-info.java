/** Tests of the mail module as a whole. */
@NullMarked
package org.jmapproxy.mail;

import org.jspecify.annotations.NullMarked;
