package dev.hermesreaper.agent.architecture.canary.agent.report;

import picocli.CommandLine;

record ParsesWords(CommandLine it) {}
