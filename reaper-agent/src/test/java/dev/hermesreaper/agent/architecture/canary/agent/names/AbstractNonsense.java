package dev.hermesreaper.agent.architecture.canary.agent.names;

abstract class AbstractNonsense {}
