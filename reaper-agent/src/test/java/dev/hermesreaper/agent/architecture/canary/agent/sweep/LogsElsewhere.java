package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import java.util.logging.Level;

record LogsElsewhere(Level it) {}
