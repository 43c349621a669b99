"""A parent that has slash workers, as every Hermes gateway does. Adds to the commands of parent.py:

    {"cmd": "worker", "key": "k"}    -> {"pid": n}, once it is ready
         "count": n with "keys": [...]   many at once -> {"pids": [n, ...]}; without keys all have the same
         "model", "provider"; "parent_pid": true adds --parent-pid; "equals": true says --session-key=k
         "args": [extra arguments], "flags": ["-u"], "stdin": "pipe"|"socketpair"|"null"|"file",
         "leak_stdin_to": "sleep"|"python"   a foreign process inherits our end of its stdin -> {"holder": n}
         and what `start` takes for all kinds
    {"cmd": "fork"}, {"cmd": "fork-before-exec", ...}, {"cmd": "title", ...}, {"cmd": "leader-exit"}
                                     as commands.py has it: what a gateway does to itself
    {"cmd": "re-exec"}               becomes what its command line says once more, with the same pid and pipes
    {"cmd": "chain", "name": "…", "keys": ["k"], "pty": true}
         a node TUI on a terminal of its own, an entry under it by socketpair, workers under that
         -> {"node": n, "entry": n, "workers": [n]}
"""
import os
import sys

from standin import body, commands
from standin.parent import Parent

FOREIGN = {"sleep": ["sleep", "86400"], "python": [body.PYTHON, "-S", "-c", "import time; time.sleep(86400)"]}


class Gateway(Parent):
    def __init__(self):
        super().__init__()
        self.commands.update(worker=self.worker, chain=self.chain, **{"re-exec": self.re_exec})
        for name in ("fork", "fork-before-exec", "title", "leader-exit"):
            self.commands[name] = commands.COMMANDS[name]

    def worker(self, command):
        keys = command.get("keys") or [command["key"]] * command.get("count", 1)
        workers = [self.begin(dict(command, kind="module", module="tui_gateway.slash_worker",
                                   args=worker_arguments(command, key))) for key in keys]
        reply = {}
        if command.get("leak_stdin_to"):
            # At once: a worker that is still starting is as good to hold on to.
            holder = self.begin({"kind": "program", "argv": FOREIGN[command["leak_stdin_to"]],
                                 "new_session": True, "holds": [worker.pid for worker in workers]})
            reply["holder"] = holder.pid
        for worker in workers:
            self.finish(worker, command)
        pids = [worker.pid for worker in workers]
        return dict(reply, pid=pids[0], pids=pids)

    def chain(self, command):
        name = command.get("name", "hermes-agent")
        script = os.path.join(body.ROOT, name, "ui-tui", "dist", "entry.js")
        terminal = command.get("pty", True)
        node = self.start({"kind": "actor", "act": "node", "comm": "node", "argv": ["node", "--expose-gc", script],
                           "stdin": "pty" if terminal else "socketpair", "new_session": terminal,
                           "env": command.get("env", {})})["pid"]
        entry = self.under(node, {"cmd": "start", "kind": "module", "module": "tui_gateway.entry",
                                  "stdin": "socketpair"})["pid"]
        workers = [self.under(node, {"cmd": "slash", "pid": entry, "command": {"cmd": "worker", "key": key}})
                   ["reply"]["pid"] for key in command.get("keys", [])]
        return {"node": node, "entry": entry, "workers": workers}

    def re_exec(self, command):
        # Its children's pipes have to cross, as they do where a program re-executes itself carelessly.
        for child in self.children.values():
            os.set_inheritable(child.writer, True)
        body.say({"ok": True, "id": command.get("id")})
        with open("/proc/self/cmdline", "rb") as out:
            argv = out.read().split(b"\0")[:-1]
        os.execv(sys.executable, argv)

    def under(self, pid, command):
        reply = self.slash({"pid": pid, "command": command})["reply"]
        if not reply.get("ok"):
            raise OSError(reply.get("error"))
        return reply


def worker_arguments(command, key):
    arguments = ["--session-key=" + key] if command.get("equals") else ["--session-key", key]
    for option in ("model", "provider"):
        if command.get(option):
            arguments += ["--" + option, command[option]]
    if command.get("parent_pid"):
        arguments += ["--parent-pid", str(os.getpid())]
    return arguments + command.get("args", [])
