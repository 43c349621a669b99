"""A process that adopts orphans instead of init, as `systemd --user`, `tini -s` or `s6-svscan` do.

Arguments: {"reap": false} leaves its dead children zombies. Elsewhere than on Linux there is no such thing.
"""
import ctypes
import os

from standin import body
from standin.parent import Parent, reap_children

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def main(arguments):
    body.lifeline()
    body.signals()
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")
    if arguments.get("reap", True):
        reap_children()
    body.say({"ready": os.getpid(), "kind": "subreaper"})
    Parent().serve()
    body.park()
