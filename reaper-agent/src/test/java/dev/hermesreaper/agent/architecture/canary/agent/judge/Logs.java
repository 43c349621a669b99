package dev.hermesreaper.agent.architecture.canary.agent.judge;

import org.slf4j.Logger;

record Logs(Logger it) {}
