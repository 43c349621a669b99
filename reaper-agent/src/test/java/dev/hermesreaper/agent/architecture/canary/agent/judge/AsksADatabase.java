package dev.hermesreaper.agent.architecture.canary.agent.judge;

import java.sql.Connection;

record AsksADatabase(Connection it) {}
