package dev.hermesreaper.agent.architecture.canary.agent.judge;

import dev.hermesreaper.agent.record.SessionRecords;

record ReadsRecords(SessionRecords records) {}
