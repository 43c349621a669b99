package dev.hermesreaper.agent.architecture.canary.agent.hermes;

import dev.hermesreaper.agent.sighting.Sightings;

record KnowsSightings(Sightings it) {}
