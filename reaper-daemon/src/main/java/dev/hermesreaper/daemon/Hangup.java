package dev.hermesreaper.daemon;

import java.lang.reflect.Proxy;

/**
 * Hears SIGHUP, which otherwise ends a JVM. {@code sun.misc.Signal} is the only way the JDK has; it is part of every JDK
 * ({@code jdk.unsupported}), but javac warns of it where it is named, and no option or annotation lets it not.
 */
final class Hangup {

    private Hangup() {}

    /**
     * Has {@code what} done whenever a SIGHUP comes, on a thread of its own. One that was ignored when this program was
     * started, as by {@code nohup}, stays ignored.
     *
     * @return whether it can be heard
     */
    static boolean hear(Runnable what) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hearing = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, given) -> {
                        what.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), hearing);
            return true;
        } catch (ReflectiveOperationException withoutIt) {
            return false;
        }
    }
}
