"""An actor without a part: waits, and obeys the commands that a worker obeys. For command lines that are hostile."""
import os

from standin import body, commands


def main(arguments):
    body.lifeline()
    body.signals()
    body.ready("actor")
    commands.serve()
    if os.environ.get("STANDIN_IGNORE_EOF") == "1":
        body.park()
