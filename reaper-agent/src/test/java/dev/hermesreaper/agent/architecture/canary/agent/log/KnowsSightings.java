package dev.hermesreaper.agent.architecture.canary.agent.log;

import dev.hermesreaper.agent.sighting.Sightings;

record KnowsSightings(Sightings it) {}
