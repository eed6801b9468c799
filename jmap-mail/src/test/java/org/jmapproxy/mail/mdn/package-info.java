/** Tests of disposition notifications. */
@org.jspecify.annotations.NullMarked
package org.jmapproxy.mail.mdn;
