package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which chats of a dashboard's terminal nobody looks at. Their workers are leaked, but never ended here, because the
 * chat's own node process lives and could use them: the operator has to.
 */
final class UnattendedChats {

    private static final int NAMED = 5;
    private static final int LABEL = 12;

    private UnattendedChats() {}

    /** Nothing where there are none. */
    static void say(Page page, List<Gateway> gateways, List<SlashWorker> workers, List<Verdict> verdicts) {
        Set<ProcessIdentity> alone = verdicts.stream()
                .filter(UnattendedChats::isChain)
                .map(Verdict::identity)
                .collect(Collectors.toSet());
        if (alone.isEmpty()) {
            return;
        }
        Map<ProcessIdentity, Gateway> byIdentity = new HashMap<>();
        gateways.forEach(gateway -> byIdentity.put(gateway.identity(), gateway));
        Map<Integer, List<Gateway>> entries = new LinkedHashMap<>();
        for (SlashWorker worker : workers) {
            Optional<Gateway> entry = alone.contains(worker.identity())
                    ? worker.ownership().owner().flatMap(it -> Optional.ofNullable(byIdentity.get(it.identity())))
                    : Optional.empty();
            entry.flatMap(Gateway::chain).ifPresent(chain -> entries.computeIfAbsent(
                            chain.dashboard().pid(), pid -> new ArrayList<>())
                    .add(entry.get()));
        }
        entries.forEach((dashboard, below) -> page.labelled(
                new Cell("LEFT ALONE", Style.DOUBT),
                LABEL,
                Figures.count(below.size(), "worker")
                        + " of chats under dashboard " + dashboard
                        + " that nobody looks at: leaked, but never ended by hermes-reaper, because the chat's own node"
                        + " process lives and could still use it. To end them, close these chats in the dashboard or"
                        + " restart dashboard " + dashboard + ". " + chats(below)));
    }

    private static String chats(List<Gateway> entries) {
        List<Gateway> distinct = entries.stream().distinct().toList();
        String named = distinct.stream()
                .limit(NAMED)
                .map(entry -> "node " + entry.chain().orElseThrow().node().pid() + " → entry " + entry.pid())
                .collect(Collectors.joining(", "));
        return "Chats: " + named + (distinct.size() > NAMED ? " and " + (distinct.size() - NAMED) + " more" : "") + ".";
    }

    static boolean isChain(Verdict verdict) {
        return verdict.decision() == Decision.REPORT
                && verdict.reason() == Reason.ABANDONED
                && verdict.evidence().stream().anyMatch(it -> it.key().equals("chain"));
    }
}
