package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.linux.OtherReader;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Optional;

/** OSHI's opinion. Loads OSHI when it is first asked; where that fails, nobody is asked any more, and it is said why. */
final class OshiOpinion implements OtherReader {

    private Optional<OshiComparison> comparison = Optional.empty();
    private Optional<String> failure = Optional.empty();

    @Override
    public synchronized List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        if (failure.isPresent()) {
            return List.of();
        }
        try {
            OshiComparison loaded = comparison.orElseGet(OshiComparison::new);
            comparison = Optional.of(loaded);
            return loaded.disagreements(process, details);
        } catch (LinkageError e) {
            fail(e);
        } catch (RuntimeException e) {
            if (comparison.isPresent()) {
                return List.of("OSHI fails on this process: " + e);
            }
            fail(e);
        }
        return List.of();
    }

    private void fail(Throwable e) {
        comparison = Optional.empty();
        failure = Optional.of("OSHI cannot be loaded (" + e + "): candidates are read once, not twice");
    }

    @Override
    public synchronized Optional<HostMemory> memory() {
        return comparison.isPresent() ? Optional.of(comparison.get().memory()) : Optional.empty();
    }

    @Override
    public synchronized List<String> limitations() {
        return failure.stream().toList();
    }
}
