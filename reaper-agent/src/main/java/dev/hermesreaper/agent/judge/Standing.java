package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.SlashWorker;
import java.util.List;

/**
 * Where one worker stands among those it belongs with, see {@link Ranking}.
 *
 * @param youngestFirst all of them, itself included; one list for all
 * @param place its own in there, from 0
 * @param rank by last activity, else start, newest first, from 1
 * @param isLastSeenWorking whether of all that were ever seen at work this one was seen last
 */
record Standing(List<SlashWorker> youngestFirst, int place, int rank, boolean isLastSeenWorking) {

    /** Of one that stands alone. */
    static final Standing ALONE = new Standing(List.of(), 0, 1, false);

    /** How many they are; none where it stands alone because its home or owner is unknown. */
    int size() {
        return youngestFirst.size();
    }

    boolean isYoungest() {
        return place == 0 && !youngestFirst.isEmpty();
    }

    /** Those that started after it, youngest first. */
    List<SlashWorker> younger() {
        return youngestFirst.subList(0, place);
    }
}
