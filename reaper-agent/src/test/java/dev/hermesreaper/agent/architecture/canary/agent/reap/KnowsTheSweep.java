package dev.hermesreaper.agent.architecture.canary.agent.reap;

import dev.hermesreaper.agent.sweep.SweepRequest;

record KnowsTheSweep(SweepRequest it) {}
