package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/**
 * What a worker is given.
 *
 * @param network runs the worker
 * @param watchers makes the thread that waits in IDLE
 * @param timers wakes the worker
 * @param pollInterval between rounds of an account that is awake
 * @param sleepingPollInterval between rounds of one that sleeps
 * @param watchRenewal how long one IDLE lasts at most
 * @param mayWatch whether there are connections enough for one to wait in IDLE
 * @param turns shares the reading of older messages between accounts
 * @param isNeeded whether somebody needs the account awake
 * @param afterRound looks, after each round, at what else the server can tell
 */
public record Surroundings(
    Executor network,
    ThreadFactory watchers,
    ScheduledExecutorService timers,
    Duration pollInterval,
    Duration sleepingPollInterval,
    Duration watchRenewal,
    boolean mayWatch,
    Turns turns,
    BooleanSupplier isNeeded,
    Runnable afterRound) {}
