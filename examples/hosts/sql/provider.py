# SPDX-License-Identifier: MIT
"""A made-up provider of texts and e-mail, and its client: python3 provider.py [PORT].

As of real ones, that of e-mail takes keys, so that the same request twice is delivered once, and that of texts
does not. Its log has a line a request: what it did, the channel, and the key.
"""
import http.client
import http.server
import sys
import urllib.parse

import winback as wb

PATHS = {wb.Channel.SMS: "/sms", wb.Channel.EMAIL: "/email"}
TIMEOUT = 20  # seconds


class HttpProvider:
    """Hands requests over, and says what became of each: a state of the outbox, and a cause."""

    def __init__(self, url):
        self._host = urllib.parse.urlsplit(url).netloc

    def keeps_keys(self, channel):
        """Whether the same key again is the same delivery."""
        return channel == wb.Channel.EMAIL

    def send(self, channel, key, request):
        """Sends; only what is known not to have been accepted is not_sent."""
        connection = http.client.HTTPConnection(self._host, timeout=TIMEOUT)
        try:
            connection.connect()
        except OSError:
            return "not_sent", wb.Cause.THROTTLED  # nobody there: nothing was handed over
        try:
            connection.request("POST", PATHS[channel], request,
                               {"Content-Type": "application/json", "Idempotency-Key": key})
            return self._answer(connection.getresponse().status)
        except (OSError, http.client.HTTPException):
            return "unknown", wb.Cause.NONE
        finally:
            connection.close()

    @staticmethod
    def _answer(status):
        if status == 202:
            return "sent", wb.Cause.NONE
        if status == 429:
            return "not_sent", wb.Cause.THROTTLED
        if 400 <= status < 500:
            return "not_sent", wb.Cause.CONTENT
        return "unknown", wb.Cause.NONE


class Desk(http.server.BaseHTTPRequestHandler):
    """One request: accepted, or refused by the day's whim of `Server.whim`."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        """Takes a message."""
        request = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.take(self.path[1:], self.headers["Idempotency-Key"], request)
        if status is None:  # an answer that is lost
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """The log is `Server.log`."""


class Server(http.server.ThreadingHTTPServer):
    """The provider. `log` has (what, channel, key): "accepted", "repeated", "refused"."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Desk)
        self.log, self._keys = [], set()

    def whim(self, channel, key):
        """What to answer instead of 202; None: nothing at all."""
        return 202

    def accepted(self, channel, key, request):
        """What happens after: receipts and replies, in a test."""

    def take(self, channel, key, request):
        """The status of the answer."""
        status = self.whim(channel, key)
        if status not in (202, None):
            self.log.append(("refused", channel, key))
            return status
        if channel == "email" and key in self._keys:
            self.log.append(("repeated", channel, key))
            return status
        self._keys.add(key)
        self.log.append(("accepted", channel, key))
        self.accepted(channel, key, request)
        return status


if __name__ == "__main__":
    server = Server(int(sys.argv[1]) if len(sys.argv) > 1 else 8025)
    server.accepted = lambda channel, key, request: print(channel, key, request.decode(), flush=True)
    server.serve_forever()
