"""The director: starts stand-ins for Hermes' processes, passes commands to them, and ends all of them when it ends.

`<py> -m standin.stage` reads one JSON object per line on stdin and answers each with one JSON line on stdout, in
order. An answer has `ok`; where that is false, `error` says why. An `id` is repeated. The first line is its own:
{"ready": pid, "python": "3.11.7", "root": "..."}.

A command goes to the director, or down the `path` of pids it carries: {"cmd": "ping", "path": [subreaper, dashboard,
worker]} asks that worker, and `"wait": false` does not wait for its answer. What each understands is said in
parent.py (everything that has children: the director, too), gateway.py (whatever has workers) and commands.py
(workers and actors). A dashboard also knows {"cmd": "clients"} -> {"clients": 2}.

The director alone knows:

    {"cmd": "kill", "pid": n, "signal": "TERM"}        only what the stage started; anything else is refused
    {"cmd": "state", "pid": n}                         -> {"state": "S", "ppid": 1, "pgid": 2, "sid": 2, "start": 99}
                                                          state is empty when there is no such process
    {"cmd": "await-gone", "pids": [n], "timeout": 5}   -> {"left": []}; a zombie is gone
    {"cmd": "await-state", "pid": n, "states": "TZ", "ppid": 1, "timeout": 5}   either condition may be missing
    {"cmd": "connect", "port": n, "count": 2}          -> {"clients": [1, 2]}, accepted by whoever listens there
    {"cmd": "disconnect", "clients": [1]}              all without `clients`; answered when the dashboard has closed
    {"cmd": "survivors"}                               -> {"pids": [...]}: what runs now
    {"cmd": "end"}                                     -> {"left": []}: what survived even SIGKILL

It ends at the end of its input, at SIGTERM, SIGINT and SIGHUP. Should it be killed, the warden does the rest.
"""
import json
import os
import platform
import select
import signal
import socket
import stat
import subprocess
import sys
import time
import uuid

from standin import body, launch, warden
from standin.parent import Parent, REPLY_TIMEOUT_S, reap_children

POLL_S = 0.01
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Director(Parent):
    def __init__(self, lifeline, guard):
        super().__init__()
        self.lifeline = lifeline
        self.guard = guard
        self.clients = {}
        self.commands.update({
            "kill": self.kill, "state": lambda command: state(command["pid"]), "await-gone": self.await_gone,
            "await-state": self.await_state, "connect": self.connect, "disconnect": self.disconnect,
            "survivors": lambda command: {"pids": sorted(warden.survivors() - {self.guard.pid})}, "end": self.end})

    def obey(self, command):
        path = command.pop("path", [])
        if not path:
            return super().obey(command)
        timeout = command.get("timeout", REPLY_TIMEOUT_S)
        for depth, pid in enumerate(reversed(path)):
            waits = depth > 0 or command.pop("wait", True)
            # Whoever is nearer to us waits longer, or it would give up before it hears that another did.
            command = {"cmd": "slash" if waits else "send", "pid": pid, "command": command,
                       "timeout": timeout + depth}
        reply = super().obey(command)
        while reply.get("ok") and "reply" in reply:
            reply = reply["reply"]
        return reply

    def kill(self, command):
        number = getattr(signal, "SIG" + command["signal"])
        if not warden.kill(command["pid"], number):
            raise ProcessLookupError("%d is not a live process of this stage" % command["pid"])

    def await_gone(self, command):
        left = set(command["pids"])
        end = time.monotonic() + command.get("timeout", REPLY_TIMEOUT_S)
        while True:
            left = {pid for pid in left if not warden.is_dead(pid)}
            if not left or time.monotonic() >= end:
                return {"left": sorted(left)}
            wait_for_exit(next(iter(left)), end)

    def await_state(self, command):
        end = time.monotonic() + command.get("timeout", REPLY_TIMEOUT_S)
        while True:
            seen = state(command["pid"])
            if seen["state"] in command.get("states", seen["state"]) and (
                    seen.get("ppid") == command.get("ppid", seen.get("ppid"))):
                return seen
            if time.monotonic() >= end:
                raise TimeoutError("%d is still %s" % (command["pid"], seen))
            time.sleep(POLL_S)

    def connect(self, command):
        connected = []
        for _ in range(command.get("count", 1)):
            client = socket.create_connection(("127.0.0.1", command["port"]), REPLY_TIMEOUT_S)
            number = max(self.clients, default=0) + 1
            self.clients[number] = client
            client.recv(64)  # the dashboard's greeting: it has accepted
            connected.append(number)
        return {"clients": connected}

    def disconnect(self, command):
        for number in command.get("clients", list(self.clients)):
            client = self.clients.pop(number)
            try:
                client.shutdown(socket.SHUT_WR)
                while client.recv(4096):
                    pass
            except OSError:
                pass  # the dashboard is gone, or too busy hanging
            client.close()

    def end(self, command=None):
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        if self.lifeline >= 0:
            os.close(self.lifeline)
            self.lifeline = -1
            try:
                self.guard.wait(10.0)
            except subprocess.TimeoutExpired:
                self.guard.kill()
        return {"left": []} if not os.path.isdir(body.ROOT) else {"left": warden.sweep()}


def state(pid):
    fields = launch.stat(pid)
    if not fields:
        return {"state": ""}
    return {"state": fields[0].decode(), "ppid": int(fields[1]), "pgid": int(fields[2]), "sid": int(fields[3]),
            "start": int(fields[19])}


def wait_for_exit(pid, end):
    """Until the process exits, or it is time to look again."""
    seconds = max(0.0, end - time.monotonic())
    try:
        handle = os.pidfd_open(pid)
    except (AttributeError, OSError):
        time.sleep(min(POLL_S, seconds))
        return
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.poll(min(seconds, 0.5) * 1000)
    os.close(handle)


def prepare():
    """Sets the stage: lifeline, mark and registry in our environment, for all to inherit. Returns the lifeline."""
    read_end, write_end = os.pipe()
    os.environ.update(STANDIN_LIFELINE=str(read_end), STANDIN_STAGE=uuid.uuid4().hex, STANDIN_PYTHON=body.PYTHON,
                      STANDIN_REGISTRY=os.path.join(body.ROOT, "processes"), PYTHONPATH=body.ROOT,
                      PYTHONNOUSERSITE="1")
    for name in ("PYTHONHOME", "PYTHONSTARTUP", "PYTHONINSPECT"):
        os.environ.pop(name, None)
    with open(os.environ["STANDIN_REGISTRY"], "w"):
        pass
    os.chmod(os.environ["STANDIN_REGISTRY"], 0o666)
    script = os.path.join(body.ROOT, "bin", "hermes")
    with open(script) as old:
        lines = old.read().split("\n", 1)
    with open(script, "w") as new:
        new.write("#!%s\n%s" % (body.PYTHON, lines[1]))
    os.chmod(script, os.stat(script).st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return write_end


def leave(number, frame):
    for other in ENDINGS:
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0)


def main():
    lifeline = prepare()
    guard = launch.launch([body.PYTHON, "-m", "standin.warden"], subprocess.DEVNULL, subprocess.PIPE,
                          new_session=True)
    guard.stdout.readline()
    director = Director(lifeline, guard)
    for number in ENDINGS:
        signal.signal(number, leave)
    reap_children()
    body.say({"ready": os.getpid(), "python": platform.python_version(), "root": body.ROOT})
    try:
        director.serve()
    finally:
        director.end()


if __name__ == "__main__":
    if sys.version_info < (3, 8):
        sys.exit("python 3.8 or newer is needed, this is " + platform.python_version())
    main()
