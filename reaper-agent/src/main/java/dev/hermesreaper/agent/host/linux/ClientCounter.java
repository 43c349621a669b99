package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.host.linux.TcpTable.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts the clients of a gateway: established connections to the ports it listens on. Those the kernel has completed but
 * the gateway has not accepted yet have no inode and count too. A connection on such a port that belongs to another
 * process means that the gateway shares its port (a forked server), and then its clients cannot be told from the other's.
 */
final class ClientCounter {

    private final ProcFs proc;

    ClientCounter(ProcFs proc) {
        this.proc = proc;
    }

    Clients count(int pid) {
        Descriptors descriptors = Descriptors.of(pid, proc);
        if (!descriptors.complete()) {
            return Clients.unknown("its open files cannot be read");
        }
        Set<Long> own = new HashSet<>();
        descriptors.open().forEach(it -> Descriptors.inode(it.target(), "socket:[")
                .ifPresent(own::add));
        if (own.isEmpty()) {
            return Clients.NO_LISTENER;
        }
        if (proc.readAll(pid, "net/tcp") != Answer.READ) {
            return Clients.unknown("its network connections cannot be read");
        }
        List<Row> rows = new ArrayList<>(TcpTable.parse(proc, false));
        // Absent where IPv6 is switched off.
        if (proc.readAll(pid, "net/tcp6") == Answer.READ) {
            rows.addAll(TcpTable.parse(proc, true));
        }
        if (proc.readAll(pid, "net/unix") != Answer.READ) {
            return Clients.unknown("its network connections cannot be read");
        }
        if (TcpTable.listeningUnixSockets(proc).stream().anyMatch(own::contains)) {
            return Clients.unknown("it listens on a unix socket");
        }
        List<Row> listening = rows.stream()
                .filter(row -> row.isListening() && own.contains(row.inode()))
                .toList();
        if (listening.isEmpty()) {
            return Clients.NO_LISTENER;
        }
        int attached = 0;
        for (Row row : rows) {
            if (row.isEstablished() && listening.stream().anyMatch(row::isServedBy)) {
                if (row.inode() != 0 && !own.contains(row.inode())) {
                    return Clients.unknown("another process serves port " + row.localPort() + " too");
                }
                attached++;
            }
        }
        return Clients.counted(attached, "established connections to " + ports(listening));
    }

    private static String ports(List<Row> listening) {
        List<String> ports = listening.stream()
                .map(Row::localPort)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        return (ports.size() == 1 ? "port " : "ports ") + String.join(", ", ports);
    }
}
