package dev.hermesreaper.agent.architecture.canary.agent.config;

import dev.hermesreaper.agent.process.ProcessEntry;

record KnowsProcesses(ProcessEntry it) {}
