package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The real machine, changed between two questions to it: what is entered for {@code before hold 12}, {@code after hold 12},
 * {@code before entry 12}, {@code before table}, {@code before awaitExit}, {@code before signal 12 KILL} happens once, then.
 */
final class MeddledHost {

    private final Host real;
    private final UnaryOperator<HeldProcess> holding;
    private final Map<String, Runnable> hooks = new ConcurrentHashMap<>();

    MeddledHost(Host real) {
        this(real, held -> held);
    }

    /**
     * @param holding what a held process is exchanged for
     */
    MeddledHost(Host real, UnaryOperator<HeldProcess> holding) {
        this.real = real;
        this.holding = holding;
    }

    void on(String question, Runnable what) {
        if (hooks.putIfAbsent(question, what) != null) {
            throw new IllegalStateException("twice: " + question);
        }
    }

    private void happen(String question) {
        Optional.ofNullable(hooks.remove(question)).ifPresent(Runnable::run);
    }

    /** How many of what was entered have not happened yet. */
    int left() {
        return hooks.size();
    }

    Host host() {
        return (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                    String question = method.getName() + subject(arguments);
                    happen("before " + question);
                    if (method.getName().equals("awaitExit")) {
                        arguments[0] = ((Collection<?>) arguments[0])
                                .stream()
                                        .map(it -> it instanceof Meddled meddled ? meddled.real() : it)
                                        .toList();
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        happen("after " + question);
                        return method.getName().equals("hold")
                                ? ((Optional<?>) answer).map(it -> new Meddled(holding.apply((HeldProcess) it)))
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String subject(Object[] arguments) {
        if (arguments == null || arguments.length != 1) {
            return "";
        }
        if (arguments[0] instanceof ProcessEntry process) {
            return " " + process.pid();
        }
        return arguments[0] instanceof Integer pid ? " " + pid : "";
    }

    private final class Meddled implements HeldProcess {

        private final HeldProcess real;

        Meddled(HeldProcess real) {
            this.real = real;
        }

        HeldProcess real() {
            return real;
        }

        @Override
        public ProcessEntry process() {
            return real.process();
        }

        @Override
        public boolean isExact() {
            return real.isExact();
        }

        @Override
        public boolean hasExited() {
            return real.hasExited();
        }

        @Override
        public SignalResult signal(Signal signal) {
            String question = "signal " + process().pid() + " " + signal;
            happen("before " + question);
            SignalResult result = real.signal(signal);
            happen("after " + question);
            return result;
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
