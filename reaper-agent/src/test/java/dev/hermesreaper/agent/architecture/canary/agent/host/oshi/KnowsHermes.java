package dev.hermesreaper.agent.architecture.canary.agent.host.oshi;

import dev.hermesreaper.agent.hermes.Home;

record KnowsHermes(Home it) {}
