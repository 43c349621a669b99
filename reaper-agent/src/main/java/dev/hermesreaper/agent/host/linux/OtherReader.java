package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Optional;

/** Another reader of this machine, asked about candidates only. Where it differs it is quoted, never followed. */
public interface OtherReader {

    /** Nobody else is asked. */
    OtherReader NONE = new OtherReader() {
        @Override
        public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
            return List.of();
        }

        @Override
        public Optional<HostMemory> memory() {
            return Optional.empty();
        }

        @Override
        public List<String> limitations() {
            return List.of();
        }
    };

    /**
     * What it sees differently, a plain sentence each.
     *
     * @param process as just read by us
     * @param details likewise
     */
    List<String> disagreements(ProcessEntry process, ProcessDetails details);

    /** The machine's memory, if there has been a candidate to look at. */
    Optional<HostMemory> memory();

    /** Why it cannot be asked, if so. */
    List<String> limitations();
}
