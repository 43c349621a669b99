package dev.hermesreaper.agent.architecture.canary.agent.report;

import dev.hermesreaper.agent.demo.Stage;

record KnowsTheDemo(Stage it) {}
