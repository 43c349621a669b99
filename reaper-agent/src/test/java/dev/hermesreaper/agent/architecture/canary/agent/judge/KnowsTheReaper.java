package dev.hermesreaper.agent.architecture.canary.agent.judge;

import dev.hermesreaper.agent.reap.Outcome;

record KnowsTheReaper(Outcome it) {}
