package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import dev.hermesreaper.agent.cli.HermesReaper;

record KnowsTheCommand(HermesReaper it) {}
