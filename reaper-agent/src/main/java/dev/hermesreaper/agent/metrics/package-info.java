/**
 * What is measured, under names that stay: one list of metrics, written in the text format of Prometheus, for a file that
 * node_exporter collects, for {@code report --format prometheus}, and for the service's listener. No series is made of a
 * worker or a session. May depend on {@code report}, and on what reports are made of.
 */
@NullMarked
package dev.hermesreaper.agent.metrics;

import org.jspecify.annotations.NullMarked;
