/** JMAP Contacts (RFC 9610). */
@NullMarked
package org.jmapproxy.contacts;

import org.jspecify.annotations.NullMarked;
