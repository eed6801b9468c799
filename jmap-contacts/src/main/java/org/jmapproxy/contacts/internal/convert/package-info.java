/** The rules of RFC 9555, each in both directions. */
@NullMarked
package org.jmapproxy.contacts.internal.convert;

import org.jspecify.annotations.NullMarked;
