package dev.hermesreaper.agent.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import java.util.Map;
import java.util.Set;

/** What is called, method references included. */
final class Calls {

    /** Whatever tells the time or lets it pass, by class; a timeout of somebody else's answer is neither. */
    private static final Map<String, Set<String>> TIME = Map.of(
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone", "tick", "tickMillis", "tickSeconds"),
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.lang.Thread", Set.of("sleep", "onSpinWait"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"),
            "java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil"));

    private Calls() {}

    static DescribedPredicate<JavaAccess<?>> tellTimeOrLetItPass() {
        return DescribedPredicate.describe(
                "it tells the time or lets it pass",
                call -> TIME.getOrDefault(call.getTargetOwner().getName(), Set.of())
                                .contains(call.getTarget().getName())
                        || (call.getTargetOwner().isEquivalentTo(java.util.Date.class)
                                && call.getTarget().getName().equals("<init>"))
                        || (call.getTargetOwner().isEquivalentTo(Object.class)
                                && call.getTarget().getName().equals("wait")));
    }

    static DescribedPredicate<JavaAccess<?>> holdOrSignal() {
        return DescribedPredicate.describe(
                "it holds or signals a process",
                call -> (call.getTargetOwner().isAssignableTo(Host.class)
                                && call.getTarget().getName().equals("hold"))
                        || (call.getTargetOwner().isAssignableTo(HeldProcess.class)
                                && call.getTarget().getName().equals("signal")));
    }

    /** Java's own way to end any process of this user, by pid; it asks for nothing but the start time. */
    static DescribedPredicate<JavaAccess<?>> endByPid() {
        return DescribedPredicate.describe(
                "it ends a process by pid",
                call -> call.getTargetOwner().isEquivalentTo(ProcessHandle.class)
                        && call.getTarget().getName().startsWith("destroy"));
    }

    static DescribedPredicate<JavaAccess<?>> endTheProgram() {
        return DescribedPredicate.describe(
                "it ends this program",
                call -> Set.of("java.lang.System", "java.lang.Runtime")
                                .contains(call.getTargetOwner().getName())
                        && Set.of("exit", "halt").contains(call.getTarget().getName()));
    }

    static DescribedPredicate<JavaAccess<?>> print() {
        return DescribedPredicate.describe(
                "it prints past the terminal",
                access -> (Set.of("java.lang.System", "java.io.FileDescriptor")
                                        .contains(access.getTargetOwner().getName())
                                && Set.of("out", "err")
                                        .contains(access.getTarget().getName()))
                        || (access.getTargetOwner().isAssignableTo(Throwable.class)
                                && access.getTarget() instanceof CodeUnitCallTarget call
                                && call.getName().equals("printStackTrace")
                                && call.getRawParameterTypes().isEmpty()));
    }
}
