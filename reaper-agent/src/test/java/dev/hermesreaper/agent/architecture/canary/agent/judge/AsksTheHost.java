package dev.hermesreaper.agent.architecture.canary.agent.judge;

import dev.hermesreaper.agent.host.Host;

record AsksTheHost(Host it) {}
