package dev.hermesreaper.agent.architecture.canary.agent.sighting;

import dev.hermesreaper.agent.judge.Verdict;

record KnowsTheJudge(Verdict it) {}
