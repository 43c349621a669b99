"""Runs a stand-in under a foreign name, before Python has a look at the rest of the command line."""
import json
import os
import sys


def main():
    part = json.loads(os.environ.pop("STANDIN_ACTOR"))
    os.environ.pop("PYTHONHOME")  # children are started under their own name
    os.environ["PYTHONPATH"] = os.environ["PYTHONPATH"].split(os.pathsep, 1)[1]
    from standin import body
    sys.executable = body.PYTHON
    if part["dash_at"]:
        body.poke(body.memory_bounds()[0] + part["dash_at"], b"-")
    if part["comm"]:
        body.set_comm(bytes.fromhex(part["comm"]))
    module = __import__("standin." + part["act"], fromlist=["main"])
    module.main(part["arguments"])


if "STANDIN_ACTOR" in os.environ:
    status = 70
    try:
        main()
        status = 0
    finally:  # never return: site would go on, with the script that our disguise names
        if status:
            import traceback
            traceback.print_exc()
        os._exit(status)
