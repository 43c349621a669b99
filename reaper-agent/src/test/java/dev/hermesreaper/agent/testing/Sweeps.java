package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.judge.Jurisdiction;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.RecordSource;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Sweeps over one machine, each of which knows what those before it saw, as those of cron do. */
public final class Sweeps {
    private static final Users USERS = Users.ofThisMachine();

    private final World world;
    private final MemoryLedger ledger = new MemoryLedger();
    private final List<Duration> pauses = new ArrayList<>();
    private Config config = Config.defaults();
    private Jurisdiction jurisdiction = Jurisdiction.of(World.UID);
    private Restraint restraint = Restraint.NONE;
    private RecordSource records;
    private BiFunction<Look, Sightings, Sightings> keeping = (look, kept) -> kept;
    private Sightings sightings = Sightings.NONE;

    public Sweeps(World world) {
        this.world = world;
        this.records = world.records();
    }

    /** Replaces one value of {@code [judge]}. */
    public Sweeps judge(String name, Object value) {
        JudgePolicy judge = Records.with(config.judge(), name, value);
        config = Records.with(config, "judge", judge);
        return this;
    }

    /** Replaces one value of {@code [reap]}. */
    public Sweeps reap(String name, Object value) {
        ReapPolicy reap = Records.with(config.reap(), name, value);
        config = Records.with(config, "reap", reap);
        return this;
    }

    /** From now on, asks {@code pause} before every signal. */
    public Sweeps restrained(Restraint pause) {
        restraint = pause;
        return this;
    }

    /** Where session records come from. */
    public Sweeps records(RecordSource from) {
        records = from;
        return this;
    }

    /** What is left of what one sweep saw when the next one, whose first look this is, asks for it. */
    public Sweeps keeping(BiFunction<Look, Sightings, Sightings> how) {
        keeping = how;
        return this;
    }

    public SweepResult sweep() throws InterruptedException {
        return run(new SweepRequest("test", false, false, Set.of()));
    }

    public SweepResult dryRun() throws InterruptedException {
        return run(new SweepRequest("test", true, false, Set.of()));
    }

    public SweepResult now() throws InterruptedException {
        return run(new SweepRequest("test", false, true, Set.of()));
    }

    public SweepResult sessions(String... keys) throws InterruptedException {
        return run(new SweepRequest("test", false, false, Set.of(keys)));
    }

    private SweepResult run(SweepRequest request) throws InterruptedException {
        Sweep.Progress progress = new Sweep.Progress() {
            @Override
            public void waiting(Duration pause, String why) {
                pauses.add(pause);
            }

            @Override
            public void ending(int processes) {}
        };
        Agent agent = new Agent(config, world.host(), USERS, jurisdiction, false, records);
        Sweep.Done done =
                new Sweep(agent, ledger, restraint, progress).run(request, look -> keeping.apply(look, sightings));
        sightings = done.sightings();
        return done.result();
    }

    /** How long each sweep waited for a second look; one that did not wait is not in it. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /** What all sweeps saw. */
    public Sightings sightings() {
        return sightings;
    }

    public MemoryLedger ledger() {
        return ledger;
    }
}
