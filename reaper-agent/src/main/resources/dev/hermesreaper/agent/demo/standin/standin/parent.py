"""A process that has children, and passes commands on to them.

The director, subreapers, dashboards, node TUIs and stdio gateways are all parents; a command finds its way down a
path of pids. Commands that every parent knows:

    {"cmd": "start", "kind": "module", "module": "hermes_cli.main", "args": [...], "flags": ["-u"]}
    {"cmd": "start", "kind": "hermes", "args": ["dashboard", ...]}       <py> <root>/bin/hermes dashboard ...
    {"cmd": "start", "kind": "actor", "argv": [...], "act": "idle", "comm": "x", "arguments": {}}
    {"cmd": "start", "kind": "program", "argv": [...]}                   no stand-in: `tail`, `bash`, `sleep`
         further, for all kinds: "stdin": "pipe"|"socketpair"|"pty"|"null"|"file", "env": {}, "new_session": bool,
         "detach": bool (double fork), "uid": n, "cwd": path, "at_pid": n (reuse that number: root), "holds": [pid]
         (inherits our end of these children's stdin), "deleted_exe": bool (its interpreter is unlinked once it runs,
         as by an update), "pid_namespace": bool (a pid namespace of its own, by unshare(1): root; what it starts in
         turn has pids that only it understands). An argument of argv, and comm, may be {"hex": "ff"}.
         -> what the stand-in said when it was ready, with its "pid"; a dashboard adds its "port"
    {"cmd": "slash", "pid": n, "command": {...}, "timeout": seconds}     -> {"reply": what the child answered}
    {"cmd": "send", "pid": n, "command": {...}}                          does not wait for the answer
    {"cmd": "close", "pid": n}       ends a child as Hermes does: SIGTERM, 1 s, SIGKILL, wait
    {"cmd": "release", "pid": n}     closes our end of its stdin
    {"cmd": "abandon", "pid": n}     forgets the child, keeps its pipes open
    {"cmd": "hangup", "pid": n}      closes the terminal of a node TUI
    {"cmd": "wait"}                  reaps dead children, which stay zombies otherwise -> {"reaped": [pid]}
    {"cmd": "exit"}
"""
import errno
import json
import os
import pty
import select
import signal
import socket
import subprocess
import tempfile
import time
import tty

from standin import body, launch

START_TIMEOUT_S = 30.0
REPLY_TIMEOUT_S = 20.0
REST_TIMEOUT_S = 1.0


class Child:
    """A child, and the two ends of our conversation with it. Ends are -1 where there is none."""

    def __init__(self, pid, process, reader, writer):
        self.pid = pid
        self.process = process
        self.reader = reader
        self.writer = writer
        self.held = b""
        self.questions = 0

    def tell(self, command):
        if self.writer < 0:
            raise OSError("%d has no stdin that we hold" % self.pid)
        self.questions += 1
        if not body.write(self.writer, json.dumps(dict(command, id=self.questions)).encode() + b"\n"):
            raise OSError("%d has closed its stdin" % self.pid)
        return self.questions

    def ask(self, command, timeout):
        question = self.tell(command)
        while True:
            reply = self.line(timeout)
            if reply.get("id") == question:
                return reply

    def line(self, timeout):
        end = time.monotonic() + timeout
        poll = select.poll()
        poll.register(self.reader, select.POLLIN)
        while b"\n" not in self.held:
            if not poll.poll(max(0.0, end - time.monotonic()) * 1000):
                raise OSError("%d did not answer within %g s" % (self.pid, timeout))
            some = self.read()
            if not some:
                raise OSError("%d ended without an answer" % self.pid)
            self.held += some
        line, self.held = self.held.split(b"\n", 1)
        return json.loads(line)

    def read(self):
        try:
            return os.read(self.reader, 65536)
        except OSError as error:
            if error.errno == errno.EIO:  # a terminal whose other side is closed
                return b""
            raise

    def release(self):
        if self.writer >= 0:
            os.close(self.writer)
        if self.reader == self.writer:
            self.reader = -1
        self.writer = -1


class Parent:
    """The commands of this module by name, and what comes with them."""

    def __init__(self):
        self.children = {}
        self.abandoned = []
        self.commands = {"start": self.start, "slash": self.slash, "send": self.send, "close": self.close,
                         "release": self.release, "abandon": self.abandon, "hangup": self.release,
                         "wait": self.wait, "exit": leave,
                         "ping": lambda command: {"pid": os.getpid(), "ppid": os.getppid()}}

    def serve(self):
        """Obeys until end of input."""
        for line in body.lines(0):
            command = json.loads(line)
            body.say(dict(self.obey(command), id=command.get("id")))

    def obey(self, command):
        name = command.get("cmd")
        if name not in self.commands:
            return {"ok": False, "error": "no such command: %s" % name}
        try:
            return dict({"ok": True}, **(self.commands[name](command) or {}))
        except KeyError as error:
            return {"ok": False, "error": "%s: unknown or missing: %s" % (name, error)}
        except Exception as error:  # the edge: whatever went wrong is the answer
            return {"ok": False, "error": "%s: %s: %s" % (name, type(error).__name__, error)}

    # -- starting

    def start(self, command):
        child = self.begin(command)
        return self.finish(child, command) if child.reader >= 0 else {"pid": child.pid}

    def begin(self, command):
        """Starts a child without waiting for it to be ready."""
        python = launch.python_for(command.get("uid"))
        if command.get("deleted_exe"):
            python = launch.copy_of(python)
        argv, executable, env = command_line(command, python)
        env = dict({"STANDIN_PYTHON": python}, **dict(env, **command.get("env", {})))
        if command.get("deleted_exe"):
            env["PYTHONHOME"] = launch.library()
        if command.get("pid_namespace"):
            argv = ["unshare", "--pid", "--fork"] + argv
        talks = command["kind"] != "program"
        stdin, writer = ends(command.get("stdin", "pipe" if talks else "null"))
        answers, stdout = (writer, stdin) if command.get("stdin") == "pty" else os.pipe() if talks else (-1, -1)
        common = dict(stdin=stdin, stdout=stdout if stdout >= 0 else subprocess.DEVNULL, env=env,
                      executable=executable, uid=command.get("uid"), cwd=command.get("cwd"),
                      keep=[self.child(pid).writer for pid in command.get("holds", [])])
        try:
            if command.get("detach"):
                process, pid = None, launch.detach(argv, **common)
            else:
                process = launch.launch(argv, new_session=command.get("new_session", False),
                                        at_pid=command.get("at_pid"), **common)
                pid = process.pid
        except BaseException:
            for descriptor in {writer, answers} - {-1}:
                os.close(descriptor)
            raise
        finally:
            for descriptor in {stdin, stdout} - {-1}:
                os.close(descriptor)
        child = self.children[pid] = Child(pid, process, answers, writer)
        return child

    def finish(self, child, command):
        ready = child.line(START_TIMEOUT_S)
        if command.get("pid_namespace"):
            self.children[launch.only_child(child.pid)] = self.children.pop(child.pid)
            child.pid = launch.only_child(child.pid)
        elif ready.get("ready") != child.pid:
            raise OSError("%d is not ready: %s" % (child.pid, ready))
        if command.get("deleted_exe"):
            os.unlink(os.readlink("/proc/%d/exe" % child.pid))
        await_rest(child.pid)
        return dict(ready, pid=child.pid)

    # -- talking

    def child(self, pid):
        if pid not in self.children:
            raise KeyError("child %s" % pid)
        return self.children[pid]

    def slash(self, command):
        timeout = command.get("timeout", REPLY_TIMEOUT_S)
        return {"reply": self.child(command["pid"]).ask(command["command"], timeout)}

    def send(self, command):
        self.child(command["pid"]).tell(command["command"])

    # -- ending

    def close(self, command):
        child = self.child(command["pid"])
        child.process.terminate()
        try:
            child.process.wait(1.0)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
        del self.children[child.pid]
        child.release()
        if child.reader >= 0:
            os.close(child.reader)

    def release(self, command):
        self.child(command["pid"]).release()

    def abandon(self, command):
        # Kept, or Python would close its pipes and reap it.
        self.abandoned.append(self.children.pop(command["pid"]))

    def wait(self, command):
        processes = [child.process for child in list(self.children.values()) + self.abandoned if child.process]
        return {"reaped": [process.pid for process in processes
                           if process.returncode is None and process.poll() is not None]}


def await_rest(pid):
    """Until all its threads sleep: whoever says that it is ready has yet to start waiting. Gives up after a second."""
    end = time.monotonic() + REST_TIMEOUT_S
    while time.monotonic() < end and not launch.rests(pid):
        time.sleep(0.001)


def leave(command):
    body.say({"ok": True, "id": command.get("id")})
    os._exit(0)


def command_line(command, python):
    """argv, executable and environment of what is to be started."""
    kind = command["kind"]
    flags = command.get("flags", [])
    args = [raw(argument) for argument in command.get("args", [])]
    if kind == "module":
        return [python] + flags + ["-m", command["module"]] + args, None, {}
    if kind == "hermes":
        # Through its first line, as a console script: argv gets the interpreter, comm is `hermes`.
        return [os.path.join(body.ROOT, "bin", "hermes")] + args, None, {}
    argv = [raw(argument) for argument in command["argv"]]
    if kind == "actor":
        return launch.disguise(argv, command.get("act", "idle"), raw(command.get("comm", "")),
                               command.get("arguments"), python)
    if kind == "program":
        return argv, command.get("executable"), {}
    raise ValueError("no such kind: %s" % kind)


def raw(value):
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else os.fsencode(value)


def ends(kind):
    """The child's end and ours; ours is -1 where nobody can write."""
    if kind == "pipe":
        return os.pipe()
    if kind == "socketpair":
        theirs, ours = socket.socketpair()
        return theirs.detach(), ours.detach()
    if kind == "pty":
        master, slave = pty.openpty()
        tty.setraw(slave)
        return slave, master
    if kind == "null":
        return os.open(os.devnull, os.O_RDWR), -1
    if kind == "file":
        descriptor, path = tempfile.mkstemp(dir=body.ROOT)
        os.unlink(path)
        return descriptor, -1
    raise ValueError("no such stdin: %s" % kind)


def reap_children():
    """From now on every dead child is reaped at once, adopted ones included."""
    def received(number, frame):
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass

    signal.signal(signal.SIGCHLD, received)
