package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import oshi.SystemInfo;

record AsksOshi(SystemInfo it) {}
