"""Sees to it that nothing outlives the stage: programs that are no stand-ins, and stand-ins that are stopped.

`<py> -m standin.warden` sleeps on the lifeline. When the director is gone, however it went, the warden kills whatever
the stage started: processes that carry its mark in their environment, and those written down with their start. Then
it removes the stage's directory, if that was made for the stage (STANDIN_TEMPORARY names it).
"""
import os
import shutil
import signal
import time

from standin import body, launch

ROUNDS = 100
PAUSE_S = 0.02


def sweep():
    """Kills until nothing is left; returns what would not go."""
    left = set()
    for _ in range(ROUNDS):
        left = survivors()
        if not left:
            break
        for pid in left:
            kill(pid)
        time.sleep(PAUSE_S)
    return sorted(left)


def survivors():
    """Pids of the stage's live processes, except the caller."""
    names = os.listdir("/proc") if os.path.isdir("/proc/self") else []
    written = recorded()
    pids = {int(name) for name in names if name.isdigit()} | set(written)
    return {pid for pid in pids if pid != os.getpid() and is_ours(pid, written) and not is_dead(pid)}


def is_ours(pid, written):
    try:
        with open("/proc/%d/environ" % pid, "rb") as environ:
            if b"STANDIN_STAGE=" + os.environ["STANDIN_STAGE"].encode() in environ.read().split(b"\0"):
                return True
    except OSError:
        pass
    return pid in written and launch.started(pid) == written[pid]


def recorded():
    """Start by pid, as they were written down when they were started; the last one counts."""
    with open(os.environ["STANDIN_REGISTRY"]) as registry:
        entries = (line.split() for line in registry)
        return {int(entry[0]): entry[1] for entry in entries if len(entry) == 2}


def is_dead(pid):
    """Gone, or a zombie without a live thread: nobody can do more about it."""
    if not os.path.isdir("/proc/self"):
        return not launch.started(pid)
    fields = launch.stat(pid)
    if fields and fields[0] == b"Z":
        try:
            return len(os.listdir("/proc/%d/task" % pid)) <= 1
        except OSError:
            return True
    return not fields


def kill(pid, number=signal.SIGKILL):
    """Signals a process of the stage; False if it is none, or gone."""
    try:
        if not hasattr(os, "pidfd_open") or not hasattr(signal, "pidfd_send_signal"):
            if not is_ours(pid, recorded()):
                return False
            os.kill(pid, number)
            return True
        handle = os.pidfd_open(pid)
    except OSError:
        return False
    try:
        if not is_ours(pid, recorded()):  # read after the handle: still the one we mean
            return False
        signal.pidfd_send_signal(handle, number)
        return True
    except OSError:
        return False
    finally:
        os.close(handle)


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    body.ready("warden")
    os.read(int(os.environ["STANDIN_LIFELINE"]), 1)
    sweep()
    if os.environ.get("STANDIN_TEMPORARY") == body.ROOT:
        shutil.rmtree(body.ROOT, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
