package io.kriya.http;

import io.netty.channel.EventLoop;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Writes the lines of the access log in blocks: an event loop writes all lines of the requests that were ready at once
 * with one system call. Any other line is written at once, with those before it.
 */
@Singleton
class AccessLogBlocks {

    private final Logger logger = Logger.getLogger(AccessLine.LOGGER);
    private final Set<EventLoop> due = ConcurrentHashMap.newKeySet();
    private final ExtHandler console;

    AccessLogBlocks(LaunchMode mode) {
        console = mode == LaunchMode.NORMAL ? replaceConsole() : null;
    }

    /** Null if the settings turn the console off. */
    private static ExtHandler replaceConsole() {
        ExtHandler all = InitialConfigurator.DELAYED_HANDLER;
        Handler[] handlers = all.getHandlers();
        for (int i = 0; i < handlers.length; i++) {
            if (handlers[i] instanceof ConsoleHandler console
                    && console.getFormatter() instanceof ExtFormatter chosen) {
                console.setFormatter(new AccessFormatter(chosen));
                console.setAutoFlush(false);
                Handler[] replaced = Arrays.copyOf(handlers, handlers.length);
                replaced[i] = new Blocks(console);
                all.setHandlers(replaced);
                return console;
            }
        }
        return null;
    }

    /** Passes records on, and flushes after all but lines of the access log. */
    private static final class Blocks extends ExtHandler {

        private final ExtHandler console;

        Blocks(ExtHandler console) {
            this.console = console;
            setLevel(console.getLevel());
            addHandler(console);
        }

        @Override
        protected void doPublish(ExtLogRecord record) {
            console.publish(record);
            if (!(record instanceof AccessLine)) {
                console.flush();
            }
        }
    }

    boolean isEnabled() {
        return logger.isLoggable(Level.INFO);
    }

    void log(AccessLine line) {
        logger.logRaw(line);
        if (console != null) {
            flushSoon();
        }
    }

    /** When the event loop has handled what was ready. */
    private void flushSoon() {
        if (Vertx.currentContext() instanceof ContextInternal context
                && context.nettyEventLoop().inEventLoop()) {
            EventLoop loop = context.nettyEventLoop();
            if (due.add(loop)) {
                loop.execute(() -> {
                    due.remove(loop);
                    console.flush();
                });
            }
        } else {
            console.flush();
        }
    }
}
