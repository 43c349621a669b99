package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a service said of itself when it last had something to say.
 *
 * @param service its process
 * @param version of the program
 * @param startedAt when it began, by the wall clock
 * @param writtenAt when it said this
 * @param nextPassIn how long until its next pass, counted from then, unless something happens before
 * @param passes how many there were since it began
 * @param lastPass the last one that could look
 * @param setup what it is set up to do
 * @param watched pids whose end wakes it, the first {@value #MOST_WATCHED}
 * @param watchedCount how many there are
 * @param unwatched why some end does not wake it
 * @param problem what went wrong since the last pass
 * @param stopped whether it has ended in good order
 */
public record Status(
        ProcessIdentity service,
        String version,
        Instant startedAt,
        Moment writtenAt,
        Duration nextPassIn,
        long passes,
        Optional<Pass> lastPass,
        Setup setup,
        List<Integer> watched,
        int watchedCount,
        Optional<String> unwatched,
        Optional<String> problem,
        boolean stopped) {

    /** More pids are counted only. */
    public static final int MOST_WATCHED = 50;

    public Status {
        watched = watched.stream().sorted().limit(MOST_WATCHED).toList();
    }

    /**
     * One pass.
     *
     * @param at when it was over
     * @param took how long it took
     * @param workers slash workers it saw
     * @param leaked those of them that are leaked and still there
     * @param complete whether everything decisive could be read
     * @param blind whether it says anything about leaks at all
     */
    public record Pass(Moment at, Duration took, int workers, int leaked, boolean complete, boolean blind) {}

    /**
     * What a service is set up to do.
     *
     * @param mode {@code reap} or {@code observe}
     * @param interval of its safety sweep
     * @param configFile empty where every value is at its default
     * @param configProblem why the newest configuration is not in force
     */
    public record Setup(String mode, Duration interval, Optional<String> configFile, Optional<String> configProblem) {}
}
