package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.Stdin;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Looks at one process of somebody else, prints what can be seen of it, and tries to signal it. */
final class UnprivilegedLook {

    private UnprivilegedLook() {}

    public static void main(String[] arguments) {
        int pid = Integer.parseInt(arguments[0]);
        PrintStream out = System.out;
        LinuxHost host = new LinuxHost(RealProcesses.TRACES, Set.of("ACT"));
        ProcessEntry entry = host.table().find(pid).orElseThrow();
        ProcessDetails details = host.details(entry);
        out.println("self " + host.self().uid());
        out.println("uid " + entry.uid());
        out.println("argv " + entry.argv().words().contains("tui_gateway.slash_worker"));
        out.println("executable " + entry.executable().readable());
        out.println("activity " + details.activity().readable());
        out.println("stdin " + details.stdin().kind());
        out.println("environment " + details.environment().readable());
        out.println("memory " + details.memory().readable());
        out.println("files " + details.openFiles().readable());
        out.println("clients " + host.clients(entry).countable());
        OtherEnds ends = host.otherEnds(List.of(new Stdin(Stdin.Kind.PIPE, 1)), List.of());
        out.println("gap " + ends.gaps().stream().anyMatch(gap -> gap.pid() == pid && gap.uid() == entry.uid()));
        out.println("gap of init " + ends.gaps().stream().anyMatch(gap -> gap.pid() == 1));
        int mention = Integer.parseInt(arguments[1]);
        out.println("gap of a mention " + ends.gaps().stream().anyMatch(gap -> gap.pid() == mention));
        try (HeldProcess held = host.hold(entry).orElseThrow()) {
            out.println("signal " + held.signal(Signal.TERM) + " " + held.isExact() + " " + held.hasExited());
        }
    }
}
