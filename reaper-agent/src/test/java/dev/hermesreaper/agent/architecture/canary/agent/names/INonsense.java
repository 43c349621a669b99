package dev.hermesreaper.agent.architecture.canary.agent.names;

interface INonsense {}
