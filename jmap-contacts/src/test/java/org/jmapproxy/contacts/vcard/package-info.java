/** The converter. */
@NullMarked
package org.jmapproxy.contacts.vcard;

import org.jspecify.annotations.NullMarked;
