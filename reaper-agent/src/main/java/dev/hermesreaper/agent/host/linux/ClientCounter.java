package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.host.linux.TcpTable.Row;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Counts the clients of a gateway: established connections to the ports it listens on. Those the kernel has completed but
 * the gateway has not accepted yet have no inode and count too. A connection on such a port that belongs to another
 * process means that the gateway shares its port (a forked server), and then its clients cannot be told from the other's.
 */
final class ClientCounter {

    /** Protocols of sockets that take no connection over IPv6, as the kernel names them. */
    private static final Set<String> NO_IPV6 = Set.of("TCP", "UNIX", "UNIX-STREAM");

    private final ProcFs proc;

    /** What one network namespace has: listening and established TCP sockets, and inodes of listening unix sockets. */
    private record Connections(List<Row> rows, Set<Long> listeningUnixSockets) {}

    ClientCounter(ProcFs proc) {
        this.proc = proc;
    }

    /**
     * Reads the sockets of all of {@code gateways}, and then the connections of each network namespace once. A connection
     * that came in between seems to be another process', and then the clients cannot be told.
     */
    Map<ProcessEntry, Clients> count(Collection<ProcessEntry> gateways) {
        Map<ProcessEntry, Clients> result = new HashMap<>();
        Map<ProcessEntry, Set<Long>> sockets = new LinkedHashMap<>();
        Map<ProcessEntry, String> namespaces = new HashMap<>();
        Map<String, Boolean> mayHaveIpv6 = new HashMap<>();
        for (ProcessEntry gateway : gateways) {
            Descriptors descriptors = Descriptors.of(gateway.pid(), proc);
            Set<Long> own = sockets(descriptors);
            if (!descriptors.complete()) {
                result.put(gateway, Clients.unknown("its open files cannot be read"));
            } else if (own.isEmpty()) {
                result.put(gateway, Clients.NO_LISTENER);
            } else {
                sockets.put(gateway, own);
                String namespace = namespace(gateway);
                namespaces.put(gateway, namespace);
                mayHaveIpv6.put(namespace, mayHaveIpv6.getOrDefault(namespace, false) || mayHaveIpv6(descriptors));
            }
        }
        Map<String, Optional<Connections>> read = new HashMap<>();
        for (Map.Entry<ProcessEntry, Set<Long>> each : sockets.entrySet()) {
            ProcessEntry gateway = each.getKey();
            String namespace = namespaces.getOrDefault(gateway, "");
            Optional<Connections> connections = read.get(namespace);
            if (connections == null) {
                connections = connections(gateway.pid(), mayHaveIpv6.getOrDefault(namespace, true));
                read.put(namespace, connections);
            }
            result.put(
                    gateway,
                    connections.isPresent()
                            ? count(each.getValue(), connections.get())
                            : Clients.unknown("its network connections cannot be read"));
        }
        return result;
    }

    private String namespace(ProcessEntry gateway) {
        ProcFs.Link link = proc.link(gateway.pid(), "ns/net");
        return link.answer() == Answer.READ ? link.target() : "that of " + gateway.pid();
    }

    private boolean mayHaveIpv6(Descriptors descriptors) {
        for (Descriptors.Descriptor it : descriptors.open()) {
            if (it.target().startsWith("socket:[") && !NO_IPV6.contains(proc.protocol(it))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the network namespace of {@code pid} has. The kernel walks the whole table of connections for {@code tcp} and once
     * more for {@code tcp6}, a millisecond or two each, so the second is left out where nobody who is asked about has part
     * in it.
     */
    private Optional<Connections> connections(int pid, boolean withIpv6) {
        if (proc.readAll(pid, "net/tcp") != Answer.READ) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>(TcpTable.parse(proc, false));
        if (withIpv6) {
            if (proc.readAll(pid, "net/tcp6") == Answer.READ) {
                rows.addAll(TcpTable.parse(proc, true));
            } else if (Files.exists(Path.of(proc.path(pid, "net/tcp6")))) {
                return Optional.empty(); // only where IPv6 is switched off it is not there, and has no clients
            }
        }
        return proc.readAll(pid, "net/unix") == Answer.READ
                ? Optional.of(new Connections(rows, TcpTable.listeningUnixSockets(proc)))
                : Optional.empty();
    }

    /**
     * As above, of one process, without the clients among {@code insiders}: connections whose other end is theirs.
     */
    Clients count(ProcessEntry server, Collection<ProcessEntry> insiders) {
        Clients all = count(List.of(server)).getOrDefault(server, Clients.unknown("it was not counted"));
        if (!all.countable() || all.attached() == 0 || insiders.isEmpty()) {
            return all;
        }
        Set<Long> own = sockets(Descriptors.of(server.pid(), proc));
        Set<Long> inside = new HashSet<>();
        for (ProcessEntry insider : insiders) {
            inside.addAll(sockets(Descriptors.of(insider.pid(), proc)));
        }
        Optional<Connections> connections = connections(server.pid(), true);
        if (connections.isEmpty()) {
            return all;
        }
        List<Row> rows = connections.get().rows();
        List<Row> theirs =
                rows.stream().filter(row -> inside.contains(row.inode())).toList();
        List<Row> outside = rows.stream()
                .filter(row -> !own.contains(row.inode()) || theirs.stream().noneMatch(row::isOtherEndOf))
                .toList();
        return count(own, new Connections(outside, connections.get().listeningUnixSockets()));
    }

    private static Set<Long> sockets(Descriptors descriptors) {
        Set<Long> inodes = new HashSet<>();
        for (Descriptors.Descriptor descriptor : descriptors.open()) {
            Optional<Long> inode = Descriptors.inode(descriptor.target(), "socket:[");
            if (inode.isPresent()) {
                inodes.add(inode.get());
            }
        }
        return inodes;
    }

    private static Clients count(Set<Long> own, Connections connections) {
        if (!Collections.disjoint(own, connections.listeningUnixSockets())) {
            return Clients.unknown("it listens on a unix socket");
        }
        List<Row> rows = connections.rows();
        List<Row> listening = new ArrayList<>();
        for (Row row : rows) {
            if (row.isListening() && own.contains(row.inode())) {
                listening.add(row);
            }
        }
        if (listening.isEmpty()) {
            return Clients.NO_LISTENER;
        }
        int attached = 0;
        for (Row row : rows) {
            if (row.isEstablished() && isServed(row, listening)) {
                if (row.inode() != 0 && !own.contains(row.inode())) {
                    return Clients.unknown("another process serves port " + row.localPort() + " too");
                }
                attached++;
            }
        }
        return Clients.counted(attached, "established connections to " + ports(listening));
    }

    private static boolean isServed(Row connection, List<Row> listening) {
        for (Row listener : listening) {
            if (connection.isServedBy(listener)) {
                return true;
            }
        }
        return false;
    }

    private static String ports(List<Row> listening) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (Row listener : listening) {
            ports.add(listener.localPort());
        }
        StringJoiner text = new StringJoiner(", ", ports.size() == 1 ? "port " : "ports ", "");
        for (int port : ports) {
            text.add(Integer.toString(port));
        }
        return text.toString();
    }
}
