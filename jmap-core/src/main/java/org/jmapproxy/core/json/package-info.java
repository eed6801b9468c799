/** JSON as JMAP wants it (I-JSON): strict reading, value types, pointers. */
@NullMarked
package org.jmapproxy.core.json;

import org.jspecify.annotations.NullMarked;
