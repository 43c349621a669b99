package dev.hermesreaper.agent.architecture.canary.agent.judge;

import java.nio.file.Path;

record ReadsAFile(Path it) {}
