package dev.hermesreaper.agent.architecture.canary.agent.process;

import java.io.InputStream;

record ReadsItself(InputStream it) {}
