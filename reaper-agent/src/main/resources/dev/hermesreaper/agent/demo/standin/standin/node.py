"""Stands in for the terminal UI, `node --expose-gc <root>/ui-tui/dist/entry.js`: parent of an entry.

Under a dashboard it leads a session on a terminal of its own, so that it dies of SIGHUP when that closes.
"""
import fcntl
import os
import termios

from standin import body
from standin.parent import Parent


def main(arguments):
    body.lifeline()
    body.signals()
    if os.isatty(0) and os.getsid(0) == os.getpid():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    body.ready("node")
    Parent().serve()
    if os.environ.get("STANDIN_HANG") == "1":
        body.park()
