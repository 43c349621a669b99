package dev.hermesreaper.agent.architecture.canary.agent.demo;

import dev.hermesreaper.agent.judge.Verdict;

record KnowsTheJudge(Verdict it) {}
