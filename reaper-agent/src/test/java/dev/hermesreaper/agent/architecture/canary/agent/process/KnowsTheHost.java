package dev.hermesreaper.agent.architecture.canary.agent.process;

import dev.hermesreaper.agent.host.Self;

record KnowsTheHost(Self it) {}
