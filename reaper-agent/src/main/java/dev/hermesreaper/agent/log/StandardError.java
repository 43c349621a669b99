package dev.hermesreaper.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.hermesreaper.agent.config.Config;
import org.slf4j.LoggerFactory;

/**
 * Logs to standard error, warnings only until told otherwise. Found by logback through {@code META-INF/services}, which
 * saves parsing XML at every start.
 */
public final class StandardError extends ContextAwareBase implements Configurator {

    private static final String NAME = "stderr";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // systemd says so where it reads standard error itself, sd-journal's way (systemd.exec(5)).
        LineEncoder encoder = new LineEncoder(System.getenv("JOURNAL_STREAM") != null);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName(NAME);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("oshi").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Lets our own loggers say what they do from now on, as {@code [log]} wants it. */
    public static void say(Config.Log wanted) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("dev.hermesreaper")
                    .setLevel(Level.toLevel(wanted.level().name()));
            if (context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(NAME)
                            instanceof ConsoleAppender<ILoggingEvent> appender
                    && appender.getEncoder() instanceof LineEncoder encoder) {
                encoder.json(wanted.format() == Config.Log.Format.JSON);
            }
        }
    }
}
