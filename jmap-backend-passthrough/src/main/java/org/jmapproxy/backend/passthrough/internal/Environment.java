package org.jmapproxy.backend.passthrough.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.push.ChangeBus;

/**
 * What the accounts of a backend share.
 *
 * @param dataDirectory where sessions are kept
 * @param http asks upstreams
 * @param executor runs short work that waits for upstreams
 * @param watchers makes a thread for each account that is watched
 * @param changes where changes are published
 * @param clock the time
 * @param maxResponseSize the most octets of an answer to calls
 * @param pollInterval between two looks at an upstream without events
 */
public record Environment(
    Path dataDirectory,
    OutboundHttp http,
    Executor executor,
    ThreadFactory watchers,
    ChangeBus changes,
    Clock clock,
    long maxResponseSize,
    Duration pollInterval) {}
