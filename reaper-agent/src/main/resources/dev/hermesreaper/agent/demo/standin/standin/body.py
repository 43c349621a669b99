"""What every stand-in is made of: a lifeline, a voice, and the ways to misbehave.

Imports only what the interpreter has loaded anyway, because 128 workers have to be up within seconds.
"""
import _signal
import _thread
import os
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PYTHON = os.environ.get("STANDIN_PYTHON") or sys.executable


def lifeline():
    """Ends this process, whatever it ignores, when the director is gone.

    The director holds the only write end of a pipe. A thread of ours sleeps in a read of the other end: no wake-up, no
    context switch, until the director's end closes, be it by SIGKILL.
    """
    descriptor = int(os.environ.get("STANDIN_LIFELINE", "-1"))
    if descriptor < 0:
        return

    about_to_wait = _thread.allocate_lock()
    about_to_wait.acquire()

    def wait_for_the_end():
        # Signals are the main thread's business: it is the one that has to leave its read.
        _signal.pthread_sigmask(_signal.SIG_BLOCK, range(1, _signal.NSIG))
        about_to_wait.release()
        try:
            os.read(descriptor, 1)
        finally:
            os._exit(0)

    _thread.start_new_thread(wait_for_the_end, ())
    about_to_wait.acquire()  # a thread that is still starting would look like one that works


def quote(text):
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return '"' + text + '"'
    import json
    return json.dumps(text)


def write(descriptor, data):
    """Writes all of `data`; says whether somebody was there to read it."""
    while data:
        try:
            data = data[os.write(descriptor, data):]
        except OSError:
            return False
    return True


def say(message):
    """One JSON line on stdout."""
    if not isinstance(message, str):
        import json
        message = json.dumps(message)
    return write(1, message.encode() + b"\n")


def ready(kind, key=""):
    """The first line of every stand-in: it is set up and about to wait."""
    say('{"ready":%d,"kind":%s,"key":%s}' % (os.getpid(), quote(kind), quote(key)))


def lines(descriptor):
    """Lines as they come in. Waits in read(descriptor), as `/proc/PID/syscall` of an idle worker shows."""
    held = b""
    while True:
        try:
            some = os.read(descriptor, 65536)
        except OSError:  # EIO: the terminal hung up
            return
        if not some:
            return
        held += some
        while b"\n" in held:
            line, held = held.split(b"\n", 1)
            if line.strip():
                yield line


def signals():
    """Installs the misbehaviour that STANDIN_IGNORE_TERM, _IGNORE_HUP and _SIGNAL_LOG ask for."""
    log = os.environ.get("STANDIN_SIGNAL_LOG")
    ignored = [number for name, number in (("TERM", _signal.SIGTERM), ("HUP", _signal.SIGHUP))
               if os.environ.get("STANDIN_IGNORE_" + name) == "1"]
    harmless = [getattr(_signal, name) for name in ("SIGCONT", "SIGURG", "SIGWINCH", "SIGIO") if hasattr(_signal, name)]
    stopping = (_signal.SIGTSTP, _signal.SIGTTIN, _signal.SIGTTOU)
    passive = {}

    def received(number, frame):
        if log:
            record(log, number)
        if number in ignored or number in harmless or passive.get(number) == _signal.SIG_IGN:
            return
        if number in stopping:
            os.kill(os.getpid(), _signal.SIGSTOP)
            return
        if number == _signal.SIGINT and callable(passive.get(number)):
            raise KeyboardInterrupt
        _signal.signal(number, _signal.SIG_DFL)
        os.kill(os.getpid(), number)

    wanted = list(ignored)
    if log:
        # Not: the uncatchable, SIGCHLD (our own children), and those by which a defect of ours would loop.
        wanted = [number for number in range(1, _signal.NSIG)
                  if number not in (_signal.SIGKILL, _signal.SIGSTOP, _signal.SIGCHLD, _signal.SIGSEGV,
                                    _signal.SIGBUS, _signal.SIGFPE, _signal.SIGILL)]
    for number in wanted:
        try:
            passive[number] = _signal.signal(number, received)
        except (OSError, ValueError):  # the two real-time signals that the C library keeps
            pass


def record(log, number):
    name = next((name for name in dir(_signal) if name.startswith("SIG") and not name.startswith("SIG_")
                 and getattr(_signal, name) == number), "SIG%d" % number)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
    os.write(descriptor, ("%d %s\n" % (os.getpid(), name[3:])).encode())
    os.close(descriptor)


def park():
    """Stays, without a tick of CPU time."""
    while True:
        _signal.pause()


def burn(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def set_comm(name):
    """The name in `ps -o comm`: of the main thread, 15 bytes. Linux only."""
    with open("/proc/%d/comm" % os.getpid(), "wb", 0) as out:
        out.write(name)


def memory_bounds():
    """Where the kernel reads our command line and environment from: proc_pid_stat(5), fields 48 to 51."""
    with open("/proc/self/stat", "rb") as stat:
        fields = stat.read().rpartition(b")")[2].split()
    return [int(field) for field in fields[45:49]]


def set_argv(line, clear_environment=False):
    """Overwrites our command line in place, as setproctitle does: the rest of the room is filled with NULs.

    A line longer than the old one runs over into the environment's room, as there.
    """
    arguments, arguments_end, environment, environment_end = memory_bounds()
    end = environment_end if clear_environment or len(line) > arguments_end - arguments else arguments_end
    line = line[:end - arguments - 1]
    poke(arguments, line + b"\0" * (end - arguments - len(line)))


def poke(address, data):
    memory = os.open("/proc/self/mem", os.O_RDWR)
    try:
        os.pwrite(memory, data, address)
    finally:
        os.close(memory)
