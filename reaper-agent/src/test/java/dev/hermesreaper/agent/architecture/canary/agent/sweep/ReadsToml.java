package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import com.moandjiezana.toml.Toml;

record ReadsToml(Toml it) {}
