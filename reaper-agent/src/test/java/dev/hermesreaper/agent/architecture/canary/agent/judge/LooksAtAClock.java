package dev.hermesreaper.agent.architecture.canary.agent.judge;

import java.time.Clock;

record LooksAtAClock(Clock it) {}
