package dev.hermesreaper.agent.architecture.canary.agent.judge;

import java.util.Random;

record TossesACoin(Random it) {}
