package org.jmapproxy.backend.imap.internal.search;

import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What a search may take.
 *
 * @param network runs what waits for the server
 * @param atOnce how many folders of one search are asked at the same time
 */
public record SearchRoom(Executor network, int atOnce, Clock clock) {}
