package dev.hermesreaper.agent.sample;

/**
 * One session in a {@link Sample}.
 *
 * @param key as the process chose it, the first characters of it
 * @param workers how many it has, over all owners
 * @param leaked how many of them are leaked
 */
public record SessionSample(String key, int workers, int leaked) {}
