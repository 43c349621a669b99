package dev.hermesreaper.agent.architecture.canary.agent.host.linux;

import dev.hermesreaper.agent.hermes.Home;

record KnowsHermes(Home it) {}
