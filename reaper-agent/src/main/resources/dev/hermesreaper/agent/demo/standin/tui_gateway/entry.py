"""Stands in for the stdio gateway of the terminal UI: `<py> -m tui_gateway.entry`.

It ends when its input does, and its workers with it; with STANDIN_HANG=1 it stays, deaf, and so do they.
"""
import os
import signal

from standin import body
from standin.gateway import Gateway


def main(kind="entry"):
    body.lifeline()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as upstream: its workers inherit that
    body.signals()
    gateway = Gateway()
    body.ready(kind)
    gateway.serve()
    if os.environ.get("STANDIN_HANG") == "1":
        body.park()
    os._exit(0)


if __name__ == "__main__":
    main()
