package dev.hermesreaper.agent.architecture.canary.agent.service;

import dev.hermesreaper.agent.host.Host;

record KnowsTheHost(Host it) {}
