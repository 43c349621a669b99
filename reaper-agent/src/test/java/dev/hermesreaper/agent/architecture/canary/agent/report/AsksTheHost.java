package dev.hermesreaper.agent.architecture.canary.agent.report;

import dev.hermesreaper.agent.host.Host;

record AsksTheHost(Host it) {}
