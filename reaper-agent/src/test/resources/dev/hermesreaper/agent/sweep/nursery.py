"""Starts and ends processes at once, one JSON object per line in, one per line out. See Nursery.java."""
import json
import os
import signal
import sys
import time

HOME = sys.argv[1]
ATTEMPTS = 300
pipes = {}
stdin_of = {}


def spawn(command):
    old = command.get("instead", 0)
    pipe = command.get("pipe")
    if command.get("stdin") == "pipe":
        pipe = make_pipe()
    answer, its_end = os.pipe()
    if command.get("orphan"):
        middle = os.fork()
        if middle == 0:
            # Only now: the middle process itself could have got the free pid.
            end(old)
            os.write(its_end, b"%d" % fork(command, pipe, old))
            os._exit(0)
        os.waitpid(middle, 0)
    else:
        end(old)
        os.write(its_end, b"%d" % fork(command, pipe, old))
    os.close(its_end)
    pid = int(os.read(answer, 32) or b"0")
    os.close(answer)
    if pid <= 0:
        raise OSError("no process at %d" % old)
    if pipe is not None:
        stdin_of[pid] = pipe
    while os.readlink("/proc/%d/exe" % pid) == os.readlink("/proc/self/exe"):
        time.sleep(0.0002)
    if pipe is not None and command["argv"][0] == "python3":
        await_read(pid)
    return {"pid": pid}


def await_read(pid):
    """Until it waits for input: one that is still starting is at work."""
    for _ in range(5000):
        with open("/proc/%d/wchan" % pid) as where:
            if "pipe_read" in where.read():
                return
        time.sleep(0.0005)


def fork(command, pipe, wanted):
    """The pid of a new process, `wanted` if that is one: forks until it is hit."""
    for _ in range(ATTEMPTS):
        if wanted:
            with open("/proc/sys/kernel/ns_last_pid", "w") as last:
                last.write(str(wanted - 1))
        child = os.fork()
        if child == 0:
            if wanted and os.getpid() != wanted:
                os._exit(0)
            become(command, pipe)
        if not wanted or child == wanted:
            return child
        os.waitpid(child, 0)
    return 0


def become(command, pipe):
    try:
        os.chdir(HOME)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(pipes[pipe][0] if pipe is not None else null, 0)
        os.dup2(null, 1)
        os.dup2(null, 2)
        kept = [pipes[number][1] for number in command.get("holds", [])]
        for descriptor in kept:
            os.set_inheritable(descriptor, True)
        if command.get("setsid"):
            os.setsid()
        if "uid" in command:
            os.setgroups([])
            os.setgid(command["uid"])
            os.setuid(command["uid"])
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        argv = command["argv"]
        program = os.path.join(HOME, argv[0]) if argv[0] == "python3" else argv[0]
        os.execvpe(program, argv, dict(os.environ, **command.get("env", {})))
    finally:
        os._exit(127)


def make_pipe():
    number = len(pipes)
    pipes[number] = os.pipe()
    return number


def let_go(command):
    os.close(pipes[command["pipe"]][1])


def tell(command):
    done = os.path.join(HOME, "done.%d" % command["pid"])
    os.write(pipes[stdin_of[command["pid"]]][1], ("%s\n: >%s\n" % (command["line"], done)).encode())
    while not os.path.exists(done):
        time.sleep(0.001)
    os.unlink(done)


def end(pid):
    if not pid:
        return
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ChildProcessError, ProcessLookupError):
        pass
    while os.path.exists("/proc/%d" % pid):
        time.sleep(0.0005)


def kill(command):
    try:
        os.kill(command["pid"], getattr(signal, "SIG" + command["signal"]))
    except ProcessLookupError:
        pass


COMMANDS = {
    "spawn": spawn, "tell": tell, "kill": kill, "let-go": let_go,
    "pipe": lambda command: {"pipe": make_pipe()},
    "pipe-of": lambda command: {"pipe": stdin_of[command["pid"]]},
}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        reply = dict(COMMANDS[asked["cmd"]](asked) or {}, ok=True)
    except (OSError, KeyError, ValueError) as error:
        reply = {"error": "%s: %s" % (type(error).__name__, error)}
    print(json.dumps(reply), flush=True)
