package dev.hermesreaper.agent.host;

import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.Stdin;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who holds the other end of some pipes and sockets.
 *
 * @param holders by stdin; an end that nobody was seen to hold maps to an empty list
 * @param unresolved ends of which nothing can be said, e.g. a socket whose peer the kernel does not name
 * @param gaps processes among those searched which could be Hermes' and whose open files could not be read
 * @param hidden pids of all whose open files could not be read: any of them may hold an end
 */
public record OtherEnds(Map<Stdin, List<Holder>> holders, Set<Stdin> unresolved, List<Gap> gaps, Set<Integer> hidden) {

    /** Where nobody was asked about. */
    public static final OtherEnds NONE = new OtherEnds(Map.of(), Set.of(), List.of(), Set.of());

    public OtherEnds {
        holders = Map.copyOf(holders);
        unresolved = Set.copyOf(unresolved);
        gaps = List.copyOf(gaps);
        hidden = Set.copyOf(hidden);
    }

    /**
     * One process that holds an end.
     *
     * @param pid the process
     * @param descriptor its descriptor number
     */
    public record Holder(int pid, int descriptor) {}

    /** Those seen to hold the other end of {@code stdin}. */
    public List<Holder> of(Stdin stdin) {
        return holders.getOrDefault(stdin, List.of());
    }
}
