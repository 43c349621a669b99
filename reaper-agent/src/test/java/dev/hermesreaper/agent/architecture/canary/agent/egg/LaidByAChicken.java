package dev.hermesreaper.agent.architecture.canary.agent.egg;

import dev.hermesreaper.agent.architecture.canary.agent.chicken.HatchedFromAnEgg;

public record LaidByAChicken(HatchedFromAnEgg it) {}
