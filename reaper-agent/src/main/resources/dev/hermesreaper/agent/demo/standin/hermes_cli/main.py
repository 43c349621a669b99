"""Stands in for the `hermes` command: `dashboard`, `serve`, `gateway run`, `--tui`.

A dashboard listens on loopback (`--port 0`: any, reported when ready) and holds every connection: an attached client.
Its workers are its own children, and nobody waits for those that are killed, as upstream. The end of its input
means nothing to it.
"""
import json
import os
import select
import socket
import sys

from standin import body
from standin.gateway import Gateway


class Dashboard(Gateway):
    def __init__(self, port):
        super().__init__()
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(64)
        self.port = self.listener.getsockname()[1]
        self.clients = {}
        self.commands["clients"] = lambda command: {"clients": len(self.clients)}

    def serve(self):
        poll = select.poll()
        poll.register(0, select.POLLIN)
        poll.register(self.listener, select.POLLIN)
        held = b""
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self.listener.fileno():
                    client = self.listener.accept()[0]
                    self.clients[client.fileno()] = client
                    poll.register(client, select.POLLIN)
                    client.send(b"attached\n")
                elif descriptor in self.clients:
                    self.listen_to(descriptor, poll)
                else:
                    some = os.read(0, 65536)
                    if not some:
                        poll.unregister(0)
                    held = self.obey_lines(held + some)

    def listen_to(self, descriptor, poll):
        try:
            heard = self.clients[descriptor].recv(65536)
        except OSError:
            heard = b""
        if not heard:
            poll.unregister(descriptor)
            self.clients.pop(descriptor).close()

    def obey_lines(self, held):
        *whole, rest = held.split(b"\n")
        for line in whole:
            command = json.loads(line)
            body.say(dict(self.obey(command), id=command.get("id")))
        return rest


def main():
    argv = sys.argv[1:]
    body.lifeline()
    body.signals()
    if "dashboard" in argv or "serve" in argv:
        kind = "dashboard" if "dashboard" in argv else "serve"
        port = int(argv[argv.index("--port") + 1]) if "--port" in argv else 9119
        gateway = Dashboard(port)
        body.say({"ready": os.getpid(), "kind": kind, "port": gateway.port})
    else:  # `--tui` waits for its node, `gateway run` for messages: nobody listens
        gateway = Gateway()
        body.ready("tui" if "--tui" in argv else "gateway")
    gateway.serve()
    body.park()


if __name__ == "__main__":
    main()
