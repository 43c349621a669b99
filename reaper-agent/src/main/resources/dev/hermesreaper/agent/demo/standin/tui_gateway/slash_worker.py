"""Stands in for Hermes' slash worker: reads commands on stdin, does nothing, and leaves at end of input.

What goes wrong with real workers is asked for by the environment:

    STANDIN_IGNORE_TERM=1              SIGTERM does nothing
    STANDIN_SIGNAL_LOG=path            appends `<pid> <signal>` for everything received, then acts by default
    STANDIN_IGNORE_EOF=1               stays at end of input, parked without CPU time
    STANDIN_WATCHDOG=1                 a second thread wakes every 2 s and leaves 5 s after the parent changed
    STANDIN_WATCHDOG_EXIT=0            ... or does not leave
"""
import os
import sys
import time

from standin import body, commands


def option(name, argv):
    """The value of `--name value` or `--name=value`; empty when missing. Anything unknown is welcome."""
    for index, argument in enumerate(argv):
        if argument == name:
            return argv[index + 1] if index + 1 < len(argv) else ""
        if argument.startswith(name + "="):
            return argument[len(name) + 1:]
    return ""


def watch_parent(parent):
    grace_s = 5.0
    while True:
        time.sleep(2.0)
        if os.getppid() != parent:
            time.sleep(grace_s)
            os._exit(0)


def watch_nobody():
    while True:
        time.sleep(2.0)


def main():
    environ = os.environ
    body.lifeline()
    body.signals()
    if environ.get("STANDIN_WATCHDOG") == "1":
        import _thread
        if environ.get("STANDIN_WATCHDOG_EXIT") == "0":
            _thread.start_new_thread(watch_nobody, ())
        else:
            _thread.start_new_thread(watch_parent, (int(option("--parent-pid", sys.argv) or os.getppid()),))
    body.ready("slash_worker", option("--session-key", sys.argv))
    commands.serve()
    if environ.get("STANDIN_IGNORE_EOF") == "1":
        body.park()
    os._exit(0)


if __name__ == "__main__":
    main()
