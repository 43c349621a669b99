package dev.hermesreaper.agent.architecture.canary.agent.state;

import dev.hermesreaper.agent.judge.Verdict;

record KnowsTheJudge(Verdict it) {}
