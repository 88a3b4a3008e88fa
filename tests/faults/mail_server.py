"""Owns a mail server on this machine that keeps what it is sent, or refuses it as the test says."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP (RFC 5321) as is needed to take a mail."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.received: list[Message] = []
        # The answer to RCPT for these recipients.
        self.refusals: dict[str, str] = {}

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def received_ids(self) -> list[str]:
        """The Message-ID of every mail taken, in the order in which they came."""
        return [str(message["Message-ID"]) for message in self.received]


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 trial")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                found = re.search(rb"<(.*)>", line)
                self._say(self.server.refusals.get(found[1].decode() if found else "", "250 ok"))
            elif verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if line:
            self.server.received.append(message_from_bytes(b"".join(lines)))
            self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that listens until the block is left."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
