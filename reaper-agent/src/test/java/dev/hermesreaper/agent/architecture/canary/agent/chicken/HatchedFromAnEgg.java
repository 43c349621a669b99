package dev.hermesreaper.agent.architecture.canary.agent.chicken;

import dev.hermesreaper.agent.architecture.canary.agent.egg.LaidByAChicken;

public record HatchedFromAnEgg(LaidByAChicken it) {}
