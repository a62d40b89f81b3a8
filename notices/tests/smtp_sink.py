"""A mail server in a thread that answers as it is told, for tests of what its answers do."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class Sink:
    """What came in, and what it answers: by address for RCPT, for DATA, or hanging up after DATA."""

    port: int = 0
    refuse: dict[str, bytes] = field(default_factory=dict)
    after_data: bytes = b"250 Taken"
    hang_up: bool = False
    connections: int = 0
    mails: list[bytes] = field(default_factory=list)


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A server on a free port of loopback while the context lasts."""
    sink = Sink()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

        def handle(self) -> None:
            sink.connections += 1
            self.say(b"220 sink")
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"RCPT":
                    address = line.decode().split("<")[1].split(">")[0]
                    self.say(sink.refuse.get(address, b"250 Ok"))
                elif word == b"DATA":
                    self.say(b"354 Go on")
                    mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                    if sink.hang_up:
                        return
                    if sink.after_data.startswith(b"250"):
                        sink.mails.append(mail)
                    self.say(sink.after_data)
                elif word == b"QUIT":
                    self.say(b"221 Bye")
                    return
                else:
                    self.say(b"250 Ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield sink
        server.shutdown()
