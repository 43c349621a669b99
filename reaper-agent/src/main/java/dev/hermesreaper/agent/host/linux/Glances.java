package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Set;

/** Glances at some processes, see {@link dev.hermesreaper.agent.host.Host#glances}. */
final class Glances implements Shares.Reading<ProcessDetails> {

    private final List<ProcessEntry> processes;
    private final ProcFs proc;
    private final Boot boot;
    private final Set<String> variables;
    private final DetailsReader reader;

    Glances(List<ProcessEntry> processes, ProcFs proc, Boot boot, Set<String> variables) {
        this.processes = processes;
        this.proc = proc;
        this.boot = boot;
        this.variables = variables;
        this.reader = new DetailsReader(proc, boot, variables);
    }

    @Override
    public ProcessDetails read(int index) {
        return reader.glance(processes.get(index));
    }

    @Override
    public Shares.Reading<ProcessDetails> another() {
        return new Glances(processes, proc.another(), boot, variables);
    }
}
