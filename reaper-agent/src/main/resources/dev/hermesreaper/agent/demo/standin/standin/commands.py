"""What a stand-in can be told to do: one JSON object per line on stdin, one JSON line in reply.

    {"cmd": "ping"}                                   -> {"ok": true, "pid": 7, "ppid": 3}
    {"cmd": "busy", "seconds": 2}                     burns CPU in the main thread, then replies
    {"cmd": "nap", "seconds": 2}                      sleeps inside the command, then replies
    {"cmd": "thread-busy", "seconds": 2}              replies; a second thread burns, the main thread waits in read(0)
    {"cmd": "threads", "count": 3}                    replies; that many threads sleep for ever
    {"cmd": "run", "argv": ["sleep", "5"]}            runs a child and waits for it: a running command
    {"cmd": "spawn", "argv": [...], "setsid": true, "env": {}, "stdin": "pipe", "watchdog": true}
                                                      keeps a child, as an MCP server -> {"pid": 9}
    {"cmd": "spawn", "server": true, "setsid": true}  one that listens on loopback -> {"pid": 9, "port": 40001}
    {"cmd": "fork"}                                   a child without exec, as multiprocessing makes -> {"pid": 9}
    {"cmd": "fork-before-exec", "seconds": 1, "argv": ["sleep", "60"]}   the child wears our argv for a second
    {"cmd": "comm", "hex": "ff0a29"}                  renames the main thread
    {"cmd": "title", "hex": "6865", "environment": true}   overwrites argv (and zeroes the environment)
    {"cmd": "open", "file": "/some/state.db"}         keeps a file open -> {"fd": 8}
    {"cmd": "leader-exit"}                            the main thread ends, the others live: state Z, memory held
    {"cmd": "exit", "code": 0}

Every command may carry an `id`, which its reply repeats.
"""
import os
import sys
import time

from standin import body

kept = []


def serve(descriptor=0):
    """Obeys until end of input."""
    for line in body.lines(descriptor):
        import json
        command = json.loads(line)
        body.say(dict(obey(command), id=command.get("id")))


def obey(command):
    name = str(command.get("cmd"))
    try:
        return dict({"ok": True}, **(COMMANDS[name](command) or {}))
    except KeyError as error:
        return {"ok": False, "error": "%s: no such command or argument: %s" % (name, error)}
    except (OSError, ValueError, TypeError) as error:
        return {"ok": False, "error": "%s: %s" % (name, error)}


def ping(command):
    return {"pid": os.getpid(), "ppid": os.getppid()}


def busy(command):
    body.burn(command["seconds"])


def nap(command):
    time.sleep(command["seconds"])


def thread_busy(command):
    import _thread

    def burn_later():
        # First let the main thread go back to its read: it would fight for the interpreter lock on its way there.
        end = time.monotonic() + 1
        while time.monotonic() < end and not reads():
            time.sleep(0.001)
        body.burn(command["seconds"])

    _thread.start_new_thread(burn_later, ())


def reads():
    try:
        with open("/proc/%d/wchan" % os.getpid(), "rb") as out:
            return b"read" in out.read()
    except OSError:
        return False


def threads(command):
    import _thread
    for _ in range(command["count"]):
        _thread.start_new_thread(time.sleep, (86400.0,))


def run(command):
    child = child_of(command, "null")
    return {"pid": child.pid, "status": child.wait()}


def spawn(command):
    child = child_of(command, command.get("stdin", "null"))
    kept.append(child)
    if command.get("server"):
        return {"pid": child.pid, "port": int(child.stdout.readline())}
    return {"pid": child.pid}


def child_of(command, stdin):
    from standin import launch
    import subprocess
    server = command.get("server")
    argv = [body.PYTHON, os.path.join(body.ROOT, "tools", "mcp_server.py")] if server else command["argv"]
    if command.get("watchdog"):
        watchdog = os.path.join(body.ROOT, "tools", "mcp_stdio_watchdog.py")
        argv = [body.PYTHON, watchdog, "--ppid", str(os.getpid()), "--"] + argv
    return launch.launch(argv, stdin=subprocess.PIPE if stdin == "pipe" else subprocess.DEVNULL,
                         stdout=subprocess.PIPE if server else subprocess.DEVNULL, env=command.get("env"),
                         new_session=command.get("setsid", False))


def fork(command):
    child = os.fork()
    if child == 0:
        body.lifeline()
        body.park()
    return {"pid": child}


def fork_before_exec(command):
    child = os.fork()
    if child == 0:
        body.lifeline()
        time.sleep(command["seconds"])
        # The lifeline has to cross: what comes after is not ours, the warden ends it.
        argv = command.get("argv", ["sleep", "86400"])
        os.execvp(argv[0], argv)
    return {"pid": child}


def comm(command):
    body.set_comm(bytes.fromhex(command["hex"]))


def title(command):
    body.set_argv(bytes.fromhex(command["hex"]), command.get("environment", False))


def open_file(command):
    descriptor = os.open(command["file"], os.O_RDWR | os.O_CREAT, 0o600)
    return {"fd": descriptor}


def leader_exit(command):
    import ctypes
    import platform
    body.say({"ok": True, "id": command.get("id")})
    number = {"x86_64": 60, "aarch64": 93}[platform.machine()]
    # ctypes lets go of the interpreter lock first, so the other threads go on without their leader.
    ctypes.CDLL(None).syscall(number, 0)


def leave(command):
    body.say({"ok": True, "id": command.get("id")})
    sys.stdout.flush()
    os._exit(command.get("code", 0))


COMMANDS = {
    "ping": ping, "busy": busy, "nap": nap, "thread-busy": thread_busy, "threads": threads, "run": run,
    "spawn": spawn, "fork": fork, "fork-before-exec": fork_before_exec, "comm": comm, "title": title,
    "open": open_file, "leader-exit": leader_exit, "exit": leave,
}
