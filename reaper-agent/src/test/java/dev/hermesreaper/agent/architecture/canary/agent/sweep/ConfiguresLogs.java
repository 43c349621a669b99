package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import ch.qos.logback.classic.Level;

record ConfiguresLogs(Level it) {}
