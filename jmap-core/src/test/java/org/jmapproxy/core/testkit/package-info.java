/**
 * What every backend must do, as tests: implement a fixture and the contracts of the roles. Beside
 * it a backend in memory that passes them all.
 */
@NullMarked
package org.jmapproxy.core.testkit;

import org.jspecify.annotations.NullMarked;
