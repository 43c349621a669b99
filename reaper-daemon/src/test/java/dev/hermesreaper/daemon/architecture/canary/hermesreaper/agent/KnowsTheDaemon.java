package dev.hermesreaper.daemon.architecture.canary.hermesreaper.agent;

import dev.hermesreaper.daemon.HermesReaperd;

record KnowsTheDaemon(HermesReaperd it) {}
