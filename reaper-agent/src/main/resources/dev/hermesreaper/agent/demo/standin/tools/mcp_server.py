"""Stands in for an MCP server that serves others, too: prints its loopback port, accepts clients, and holds them."""
import socket

from standin import body


def main():
    body.lifeline()
    body.signals()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    body.write(1, b"%d\n" % listener.getsockname()[1])
    clients = []
    while True:
        client = listener.accept()[0]
        client.send(b"attached\n")
        clients.append(client)


if __name__ == "__main__":
    main()
