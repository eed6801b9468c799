/** Contacts. */
@NullMarked
package org.jmapproxy.contacts;

import org.jspecify.annotations.NullMarked;
