/**
 * What both ports share: listening, dispatching to workers, request targets, bodies and answers.
 */
@NullMarked
package org.jmapproxy.server.http;

import org.jspecify.annotations.NullMarked;
