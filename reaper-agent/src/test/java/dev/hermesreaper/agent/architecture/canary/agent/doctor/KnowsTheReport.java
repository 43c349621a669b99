package dev.hermesreaper.agent.architecture.canary.agent.doctor;

import dev.hermesreaper.agent.report.LeakReport;

record KnowsTheReport(LeakReport it) {}
