"""Starting processes, remembering them, and giving them a command line that Python itself would refuse."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from standin import body

ACTOR = os.path.join(body.ROOT, "standin", "actor")


def launch(argv, stdin, stdout, env=None, new_session=False, uid=None, keep=(), executable=None, cwd=None,
           stderr=subprocess.DEVNULL, at_pid=None):
    """Starts a process and writes it down for the warden. It inherits 0 to 2, the lifeline, and `keep`."""
    before = None
    if uid is not None:
        def before():
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)

    lifeline = os.environ.get("STANDIN_LIFELINE")
    inherited = list(keep) + ([int(lifeline)] if lifeline else [])
    if at_pid is not None:
        # The next process of this pid namespace gets the number after the last: needs root there.
        with open("/proc/sys/kernel/ns_last_pid", "w") as last:
            last.write(str(at_pid - 1))
    child = subprocess.Popen(argv, stdin=stdin, stdout=stdout, stderr=stderr, cwd=cwd, pass_fds=inherited,
                             env=dict(os.environ, **env) if env else None, start_new_session=new_session,
                             executable=executable, preexec_fn=before)
    remember(child.pid)
    return child


def detach(argv, stdin, stdout, env=None, uid=None, keep=(), executable=None, cwd=None):
    """As `launch`, but the process ends up in a new session without us as its parent; returns its pid."""
    answer, its_end = os.pipe()
    request = json.dumps({"answer": its_end, "argv": [os.fsencode(part).hex() for part in argv], "env": env or {},
                          "uid": uid, "keep": list(keep), "executable": executable})
    middle = launch([body.PYTHON, "-m", "standin.detach"], stdin, stdout, {"STANDIN_DETACHED": request},
                    keep=list(keep) + [its_end], cwd=cwd, new_session=True)
    os.close(its_end)
    with os.fdopen(answer, "rb") as line:
        pid = line.readline()
    middle.wait()
    if not pid:
        raise OSError("cannot start %s" % argv[0])
    return int(pid)


def remember(pid):
    registry = os.environ.get("STANDIN_REGISTRY")
    if registry:
        descriptor = os.open(registry, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        os.write(descriptor, ("%d %s\n" % (pid, started(pid))).encode())
        os.close(descriptor)


def stat(pid):
    """The fields of `/proc/PID/stat` from the third on, as bytes; empty when there is no such process."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as out:
            return out.read().rpartition(b")")[2].split()
    except OSError:
        return []


def rests(pid):
    """Whether none of its threads runs. True where there is no telling."""
    try:
        tasks = os.listdir("/proc/%d/task" % pid)
        for task in tasks:
            with open("/proc/%d/task/%s/stat" % (pid, task), "rb") as out:
                if out.read().rpartition(b")")[2].split()[0] == b"R":
                    return False
    except OSError:
        pass
    return True


def started(pid):
    """What tells this process from a later one of the same number: start ticks, or `ps` elsewhere. Empty: gone."""
    if os.path.isdir("/proc/self"):
        fields = stat(pid)
        return fields[19].decode() if fields else ""
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, check=False)
    return "_".join(found.stdout.decode("latin-1").split())


def python_for(uid):
    """An interpreter that this user may execute; ours, where there is no choice to make."""
    if uid is None or uid == os.getuid():
        return body.PYTHON
    os.chmod(body.ROOT, 0o755)  # the other user has to read the stand-ins as well
    for candidate in (body.PYTHON, "/usr/bin/python3"):
        path = os.path.realpath(candidate)
        steps = [path]
        while path != "/":
            path = os.path.dirname(path)
            steps.append(path)
        if all(os.path.exists(step) and os.stat(step).st_mode & 0o001 for step in steps):
            return candidate
    raise OSError("no python that user %d may execute: install one in /usr/bin" % uid)


def copy_of(python):
    """The interpreter under a path of its own, to be removed while it runs."""
    directory = tempfile.mkdtemp(dir=body.ROOT)
    return shutil.copy(os.path.realpath(python), os.path.join(directory, "python3"))


def library():
    """Where an interpreter that is not in its place finds its library."""
    return sys.base_prefix + os.pathsep + sys.base_exec_prefix


def only_child(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid)) as children:
        child, = children.read().split()
        return int(child)


def disguise(argv, act, comm=b"", arguments=None, python=body.PYTHON):
    """How to start the stand-in `act` so that its command line is exactly `argv`, whatever that says.

    Python would take argv[1] for an option of its own, so its dash is masked, and the actor puts it back in place.
    The actor runs from `sitecustomize`, before Python looks at any other argument.

    :return: the argv to start it with, its executable, and what its environment needs
    """
    argv = list(argv)
    masked = len(argv) > 1 and argv[1].startswith(b"-")
    if masked:
        argv[1] = b"x" + argv[1][1:]
    env = {
        "PYTHONPATH": ACTOR + os.pathsep + body.ROOT,
        "STANDIN_ACTOR": json.dumps({"act": act, "comm": comm.hex(), "dash_at": len(argv[0]) + 1 if masked else 0,
                                     "arguments": arguments or {}}),
        # The interpreter finds its library from argv[0], which is not its own. Only ours knows where that is.
        "PYTHONHOME": library() if python == body.PYTHON else "/usr",
    }
    return argv, python, env
