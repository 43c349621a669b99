package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import dev.hermesreaper.agent.demo.Stage;

record KnowsTheDemo(Stage it) {}
