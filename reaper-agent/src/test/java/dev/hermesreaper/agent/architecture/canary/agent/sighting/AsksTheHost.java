package dev.hermesreaper.agent.architecture.canary.agent.sighting;

import dev.hermesreaper.agent.host.Host;

record AsksTheHost(Host it) {}
