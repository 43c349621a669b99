package dev.hermesreaper.agent.architecture.canary.agent.ledger;

import dev.hermesreaper.agent.sweep.SweepRequest;

record KnowsTheSweep(SweepRequest it) {}
