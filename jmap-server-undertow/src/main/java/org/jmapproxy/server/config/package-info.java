/** What an operator decides before the start: environment variables and the data directory. */
@NullMarked
package org.jmapproxy.server.config;

import org.jspecify.annotations.NullMarked;
