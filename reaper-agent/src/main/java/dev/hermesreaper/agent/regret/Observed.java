package dev.hermesreaper.agent.regret;

import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is known of decisions that were only observed. Bounded: so many are watched at a time, and the last regrets
 * kept.
 *
 * @param counts of all of them
 * @param watched those of which it is not known yet
 * @param regrets the last ones, oldest first
 */
public record Observed(Counts counts, List<Watch> watched, List<Regret> regrets) {

    static final int MOST_WATCHED = 2000;
    static final int MOST_REGRETS = 50;

    /** Nothing was ever observed. */
    public static final Observed NONE = new Observed(Counts.NONE, List.of(), List.of());

    public Observed {
        watched = List.copyOf(watched);
        regrets = List.copyOf(regrets);
    }

    /**
     * What changed with one pass.
     *
     * @param now all that is known after it
     * @param begun decisions that were taken in it for the first time
     * @param regrets those of earlier passes that turned out wrong
     * @param confirmed those of earlier passes that turned out right
     */
    public record Change(Observed now, List<Watch> begun, List<Regret> regrets, List<Watch> confirmed) {
        public Change {
            begun = List.copyOf(begun);
            regrets = List.copyOf(regrets);
            confirmed = List.copyOf(confirmed);
        }
    }

    /** What is on record in {@code stateDirectory}: a question, which locks and changes nothing. */
    public static Observed in(Path stateDirectory, Self self) {
        return new ObservedFile(StateDirectory.existing(stateDirectory, self))
                .read()
                .observed();
    }

    /** Whether anything was ever observed. */
    public boolean isEmpty() {
        return counts.equals(Counts.NONE);
    }

    /** What is known after {@code pass}. */
    public Change after(Pass pass) {
        List<Watch> still = new ArrayList<>();
        List<Regret> more = new ArrayList<>();
        List<Watch> confirmed = new ArrayList<>();
        long lost = 0;
        for (Watch watch : watched) {
            switch (pass.fateOf(watch)) {
                case WORKED -> more.add(pass.regret(watch));
                case GONE -> confirmed.add(watch);
                case THERE -> still.add(watch);
                case ENDED -> {
                    // Watched no more, and counted nowhere.
                }
                case LOST -> lost++;
            }
        }
        List<Watch> begun = new ArrayList<>();
        for (Watch decision : pass.decisions()) {
            if (!isWatched(decision.identity())) {
                begun.add(decision);
            }
        }
        int room = Math.max(0, MOST_WATCHED - still.size());
        still.addAll(begun.subList(0, Math.min(room, begun.size())));
        lost += Math.max(0, begun.size() - room);
        List<Regret> last = new ArrayList<>(regrets);
        last.addAll(more);
        Counts added = new Counts(begun.size(), more.size(), confirmed.size(), lost);
        return new Change(
                new Observed(
                        counts.plus(added), still, last.subList(Math.max(0, last.size() - MOST_REGRETS), last.size())),
                begun,
                more,
                confirmed);
    }

    private boolean isWatched(ProcessIdentity identity) {
        for (Watch watch : watched) {
            if (watch.identity().equals(identity)) {
                return true;
            }
        }
        return false;
    }
}
