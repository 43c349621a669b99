package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import com.sun.jna.Pointer;

record CallsC(Pointer it) {}
