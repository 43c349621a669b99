package dev.hermesreaper.agent.host.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** Understands {@code /proc/PID/net/tcp}, {@code tcp6} and {@code unix}: {@code proc_pid_net(5)}. */
final class TcpTable {

    private static final String LISTENING = "0A";
    private static final String ESTABLISHED = "01";

    /** {@code __SO_ACCEPTCON}. */
    private static final String ACCEPTS_CONNECTIONS = "00010000";

    private TcpTable() {}

    /**
     * One socket.
     *
     * @param v6 whether it is in the table of IPv6, which also holds IPv4 connections to IPv6 sockets
     * @param localAddress as printed by the kernel, hexadecimal
     * @param localPort its own port
     * @param remote address and port of the other end, as printed by the kernel
     * @param state hexadecimal, two digits
     * @param inode 0 for a connection that nobody has accepted yet
     */
    record Row(boolean v6, String localAddress, int localPort, String remote, String state, long inode) {

        boolean isListening() {
            return state.equals(LISTENING);
        }

        boolean isEstablished() {
            return state.equals(ESTABLISHED);
        }

        /** Whether {@code other} is the other end of this connection, on the same machine. */
        boolean isOtherEndOf(Row other) {
            return v6 == other.v6 && local().equals(other.remote) && remote.equals(other.local());
        }

        private static boolean isEveryAddress(String address) {
            for (int i = 0; i < address.length(); i++) {
                if (address.charAt(i) != '0') {
                    return false;
                }
            }
            return true;
        }

        private String local() {
            return "%s:%04X".formatted(localAddress, localPort);
        }

        /** Whether this connection came in through {@code listener} or a socket just like it. */
        boolean isServedBy(Row listener) {
            return v6 == listener.v6
                    && localPort == listener.localPort
                    && (localAddress.equals(listener.localAddress) || isEveryAddress(listener.localAddress));
        }
    }

    /**
     * The listening and established sockets in the file read last; a busy machine has thousands of others that only wait
     * for their time to pass.
     */
    static List<Row> parse(ProcFs file, boolean v6) {
        List<Row> rows = new ArrayList<>();
        for (List<String> words : lines(file, LISTENING, ESTABLISHED)) {
            int colon = words.size() > 9 ? words.get(1).lastIndexOf(':') : -1;
            if (colon > 0) {
                rows.add(new Row(
                        v6,
                        words.get(1).substring(0, colon),
                        Integer.parseInt(words.get(1).substring(colon + 1), 16),
                        words.get(2),
                        words.get(3),
                        Long.parseLong(words.get(9))));
            }
        }
        return rows;
    }

    /** Inodes of the listening unix sockets in the file read last. */
    static Set<Long> listeningUnixSockets(ProcFs file) {
        Set<Long> inodes = new HashSet<>();
        for (List<String> words : lines(file, ACCEPTS_CONNECTIONS)) {
            if (words.size() > 6) {
                inodes.add(Long.parseLong(words.get(6)));
            }
        }
        return inodes;
    }

    /** The words of the lines in which one of {@code fourth} stands as the fourth; no other line is taken apart. */
    private static List<List<String>> lines(ProcFs file, String... fourth) {
        List<List<String>> lines = new ArrayList<>();
        byte[] bytes = file.bytes();
        int from = 0;
        for (int i = 0; i < file.length(); i++) {
            if (bytes[i] == '\n') {
                if (hasFourth(bytes, from, i, fourth)) {
                    lines.add(words(new String(bytes, from, i - from, StandardCharsets.ISO_8859_1)));
                }
                from = i + 1;
            }
        }
        return lines;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (StringTokenizer left = new StringTokenizer(line); left.hasMoreTokens(); ) {
            words.add(left.nextToken());
        }
        return words;
    }

    private static boolean hasFourth(byte[] bytes, int from, int to, String[] words) {
        int at = from;
        for (int word = 0; word < 3; word++) {
            while (at < to && bytes[at] == ' ') {
                at++;
            }
            while (at < to && bytes[at] != ' ') {
                at++;
            }
        }
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        for (String word : words) {
            int i = 0;
            while (i < word.length() && at + i < to && bytes[at + i] == word.charAt(i)) {
                i++;
            }
            if (i == word.length()) {
                return true;
            }
        }
        return false;
    }
}
