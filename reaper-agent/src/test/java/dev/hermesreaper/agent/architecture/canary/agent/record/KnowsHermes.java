package dev.hermesreaper.agent.architecture.canary.agent.record;

import dev.hermesreaper.agent.hermes.Home;

record KnowsHermes(Home it) {}
