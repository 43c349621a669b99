package dev.hermesreaper.agent.architecture.canary.agent.judge;

import java.net.InetAddress;

record CallsTheNetwork(InetAddress it) {}
