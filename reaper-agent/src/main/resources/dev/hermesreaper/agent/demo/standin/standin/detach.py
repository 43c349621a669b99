"""Starts a program as a daemon would start itself: in a session of its own, with a parent that does not stay.

Started in a new session, with the request in STANDIN_DETACHED; see launch.detach.
"""
import json
import os

from standin import launch


def main():
    request = json.loads(os.environ.pop("STANDIN_DETACHED"))
    child = launch.launch([bytes.fromhex(part) for part in request["argv"]], stdin=0, stdout=1, env=request["env"],
                          uid=request["uid"], keep=request["keep"], executable=request["executable"])
    os.write(request["answer"], b"%d\n" % child.pid)
    os._exit(0)


if __name__ == "__main__":
    main()
