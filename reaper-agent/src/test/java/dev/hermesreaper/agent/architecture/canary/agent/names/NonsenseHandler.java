package dev.hermesreaper.agent.architecture.canary.agent.names;

record NonsenseHandler() {}
