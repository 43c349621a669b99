package dev.hermesreaper.agent.architecture.canary.agent.cli;

import java.io.FileDescriptor;
import java.io.PrintStream;

final class Prints {

    static PrintStream out() {
        return System.out;
    }

    static PrintStream err() {
        return System.err;
    }

    static FileDescriptor descriptor() {
        return FileDescriptor.out;
    }

    static void trace(Exception failure) {
        failure.printStackTrace();
    }
}
