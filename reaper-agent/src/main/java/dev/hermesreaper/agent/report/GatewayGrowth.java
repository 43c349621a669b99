package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sample.GatewaySample;
import dev.hermesreaper.agent.sample.Growth;
import dev.hermesreaper.agent.sample.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast workers of one gateway leaked.
 *
 * @param identity which process
 * @param kind the word of its kind
 * @param isThere whether it was there at the last sample
 * @param growth of its leaked workers
 */
public record GatewayGrowth(ProcessIdentity identity, String kind, boolean isThere, Growth growth) {

    /** Of every gateway in {@code samples} that ever had a worker, fastest first. */
    static List<GatewayGrowth> of(List<Sample> samples) {
        Map<ProcessIdentity, String> kinds = new LinkedHashMap<>();
        for (Sample sample : samples) {
            sample.gateways().stream()
                    .filter(gateway -> gateway.workers() > 0)
                    .forEach(gateway -> kinds.put(gateway.identity(), gateway.kind()));
        }
        List<GatewayGrowth> all = new ArrayList<>();
        kinds.forEach((identity, kind) -> all.add(new GatewayGrowth(
                identity,
                kind,
                samples.get(samples.size() - 1).gateway(identity).isPresent(),
                Growth.ofLeaked(samples, identity))));
        all.sort(Comparator.comparingLong((GatewayGrowth it) -> it.growth().added())
                .reversed()
                .thenComparing(it -> it.identity().startTicks()));
        return List.copyOf(all);
    }

    String name() {
        return kind + " " + identity.pid();
    }

    /** As in the gateways of the last sample. */
    static String name(GatewaySample gateway) {
        return gateway.kind() + " " + gateway.identity().pid();
    }
}
