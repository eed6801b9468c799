/** A help desk whose tickets can be read with any JMAP mail client. */
@NullMarked
package org.jmapproxy.examples.embed;

import org.jspecify.annotations.NullMarked;
