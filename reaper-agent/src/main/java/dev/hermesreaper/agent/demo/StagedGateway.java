package dev.hermesreaper.agent.demo;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process that spawns slash workers and answers for them: dashboard, {@code serve}, entry, compute host. */
public final class StagedGateway extends StagedParent {
    private final int port;

    StagedGateway(Director director, List<Long> path, int port) {
        super(director, path);
        this.port = port;
    }

    /** Where a dashboard listens on loopback; 0 for a gateway that does not. */
    public int port() {
        return port;
    }

    /** A worker of this session, returned when it is ready. */
    public StagedProcess worker(String sessionKey) {
        return worker(sessionKey, Part.plain());
    }

    public StagedProcess worker(String sessionKey, Part part) {
        return workers(List.of(sessionKey), part).get(0);
    }

    /** As many workers at once as there are keys, in their order. */
    public List<StagedProcess> workers(List<String> sessionKeys, Part part) {
        return children(spawn(sessionKeys, part));
    }

    /** A worker whose standard input a stranger holds as well, and that stranger. */
    public Leaked leakedWorker(String sessionKey, Part part) {
        JsonObject answer = spawn(List.of(sessionKey), part.leakingStdin());
        StagedProcess holder =
                new StagedProcess(director(), pathTo(answer.get("holder").getAsLong()));
        return new Leaked(children(answer).get(0), holder);
    }

    /** node on a terminal of its own, an entry under it by socketpair, and that entry's workers. */
    public Chain chain(Part part, String... sessionKeys) {
        Map<String, Object> arguments = new HashMap<>(part.options());
        arguments.put("keys", List.of(sessionKeys));
        JsonObject answer = ask("chain", arguments);
        StagedParent node =
                new StagedParent(director(), pathTo(answer.get("node").getAsLong()));
        StagedGateway entry =
                new StagedGateway(director(), node.pathTo(answer.get("entry").getAsLong()), 0);
        return new Chain(
                node,
                entry,
                longs(answer, "workers").stream()
                        .map(pid -> new StagedProcess(director(), entry.pathTo(pid)))
                        .toList());
    }

    /** How many connections a dashboard holds, by its own count. */
    public int clients() {
        return ask("clients", Map.of()).get("clients").getAsInt();
    }

    private JsonObject spawn(List<String> sessionKeys, Part part) {
        Map<String, Object> arguments = new HashMap<>(part.options());
        arguments.put("keys", sessionKeys);
        return ask("worker", arguments, PATIENCE.multipliedBy(3));
    }

    private List<StagedProcess> children(JsonObject answer) {
        return longs(answer, "pids").stream()
                .map(pid -> new StagedProcess(director(), pathTo(pid)))
                .toList();
    }

    /** A chat tab of a dashboard with a terminal. */
    public record Chain(StagedParent node, StagedGateway entry, List<StagedProcess> workers) {}

    /**
     * A worker that cannot see its gateway's end.
     *
     * @param holder a process that is not Hermes, and keeps the write end of the worker's standard input
     */
    public record Leaked(StagedProcess worker, StagedProcess holder) {}
}
