package org.jmapproxy.core.types.internal.push;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.spi.AccountProvider;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.types.PushModule;
import org.jmapproxy.core.types.PushObserver;
import org.jmapproxy.core.types.PushSubscriptionStore;

/** What push is given by the application. */
public record PushSurroundings(
    AccountProvider accounts,
    OutboundHttp http,
    Executor executor,
    PushModule.Timer timer,
    PushSubscriptionStore store,
    Function<Principal, Subscription> lease,
    PushObserver observer,
    PushTargets targets,
    Clock clock) {}
