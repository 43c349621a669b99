"""Stands in for the wrapper of MCP servers: `<py> mcp_stdio_watchdog.py --ppid <pid> -- <command>...`.

The server runs in a session of its own below it and ends when the process named by --ppid is no longer the parent.
"""
import os
import subprocess
import sys
import time

from standin import body, launch


def main():
    body.lifeline()
    argv = sys.argv[1:]
    parent = int(argv[argv.index("--ppid") + 1])
    server = launch.launch(argv[argv.index("--") + 1:], stdin=0, stdout=subprocess.DEVNULL, new_session=True)
    while os.getppid() == parent and server.poll() is None:
        time.sleep(2.0)
    server.kill()
    os._exit(0)


if __name__ == "__main__":
    main()
