/**
 * Says whether the reaper can do its work here, and how to mend what keeps it from that: what it sees and may signal, the
 * limits, the dashboards' services, who else ends workers. Changes nothing, except that the self-test stages and ends
 * processes of its own.
 */
@NullMarked
package dev.hermesreaper.agent.doctor;

import org.jspecify.annotations.NullMarked;
