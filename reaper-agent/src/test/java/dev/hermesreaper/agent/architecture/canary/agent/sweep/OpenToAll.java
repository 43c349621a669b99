package dev.hermesreaper.agent.architecture.canary.agent.sweep;

public final class OpenToAll {

    public int anything;
}
