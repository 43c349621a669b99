package dev.hermesreaper.agent.demo;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process that starts others: the director, a subreaper, a node TUI, and every gateway. */
public class StagedParent extends StagedProcess {
    StagedParent(Director director, List<Long> path) {
        super(director, path);
    }

    /** {@code <py> <root>/bin/hermes dashboard --port 0 … --tui}, listening on a loopback port of its own. */
    public final StagedGateway dashboard() {
        return dashboard(Part.plain());
    }

    public final StagedGateway dashboard(Part part) {
        return hermes(part, "dashboard", "--port", "0", "--host", "127.0.0.1", "--no-open", "--tui", "--skip-build");
    }

    /** The console script: comm {@code hermes}, and the interpreter first in argv. */
    public final StagedGateway hermes(Part part, String... args) {
        return gateway(start("hermes", part.args(args)));
    }

    /** {@code <py> -m <module> <args>}, such as {@code hermes_cli.main serve} or {@code tui_gateway.entry}. */
    public final StagedGateway module(Part part, String module, String... args) {
        return gateway(start("module", part.args(args).with("module", module)));
    }

    /** Adopts orphans below it; its command line is these words and comm the first of them. Linux only. */
    public final StagedParent subreaper(String... argv) {
        return new StagedParent(director(), pathTo(pidOf(actor(Part.plain().with("act", "subreaper"), argv))));
    }

    /**
     * A process with exactly this command line, and comm its first word. It obeys as a worker does. Linux only.
     *
     * @param part its {@code comm} may say otherwise
     */
    public final StagedProcess impostor(Part part, String... argv) {
        return child(actor(part, argv));
    }

    /** As {@link #impostor(Part, String...)}, with bytes that need not be text; 15 of them are left of comm. */
    public final StagedProcess impostor(Part part, byte[] comm, List<byte[]> argv) {
        List<Map<String, String>> arguments = argv.stream().map(Part::hex).toList();
        return child(start("actor", part.with("argv", arguments).with("comm", Part.hex(comm))));
    }

    /** A program that is no stand-in, without input and output. It cannot be asked, only signalled and awaited. */
    public final StagedProcess program(String... argv) {
        return program(Part.plain(), argv);
    }

    public final StagedProcess program(Part part, String... argv) {
        return child(start("program", part.with("argv", List.of(argv))));
    }

    /** Closes our end of a child's standard input, or hangs up its terminal. */
    public final void release(StagedProcess child) {
        ask("release", Map.of("pid", child.pid()));
    }

    /** Ends a child as Hermes does: SIGTERM, after 1 s SIGKILL, and it is no zombie. */
    public final void close(StagedProcess child) {
        ask("close", Map.of("pid", child.pid()));
    }

    /** Waits for dead children, which stay zombies otherwise; returns their pids. */
    public final List<Long> reapZombies() {
        return longs(ask("wait", Map.of()), "reaped");
    }

    private JsonObject actor(Part part, String... argv) {
        Part named = part.options().containsKey("comm") ? part : part.with("comm", Part.hex(argv[0]));
        return start("actor", named.with("argv", Stream.of(argv).map(Part::hex).toList()));
    }

    private JsonObject start(String kind, Part part) {
        Map<String, Object> arguments = new HashMap<>(part.options());
        arguments.put("kind", kind);
        return ask("start", arguments);
    }

    private StagedGateway gateway(JsonObject ready) {
        int port = ready.has("port") ? ready.get("port").getAsInt() : 0;
        return new StagedGateway(director(), pathTo(pidOf(ready)), port);
    }

    private StagedProcess child(JsonObject ready) {
        return new StagedProcess(director(), pathTo(pidOf(ready)));
    }

    static long pidOf(JsonObject ready) {
        return ready.get("pid").getAsLong();
    }
}
