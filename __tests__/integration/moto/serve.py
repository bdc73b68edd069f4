"""moto's server on a free port of this machine: says which on standard output, ends when standard input does.

`moto_server` itself wants to be told a port, answers HTTP/1.0 (a connection for each request) and logs every request. And it
answers requests at the same time, although its services are not made for threads: SQS hands one message to two who ask at
once and then knows only one of its receipt handles, and DynamoDB checks a condition and writes in two steps. Here one request
is answered after the other.
"""

import io
import os
import sys
import threading

import faster  # noqa: F401
from moto.iam import models as iam
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


# The account of whoever has assumed no other account's role: moto's own variable would make it that of every request.
iam.DEFAULT_ACCOUNT_ID = os.environ.pop("MOTO_ACCOUNT_ID")


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, *_):
        pass


moto = DomainDispatcherApplication(create_backend_app)
turn = threading.Lock()
# Threads change places as often as they can: should two requests ever be under way at once, a check sees it.
sys.setswitchinterval(0.00001)


def one_at_a_time(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    # Read before it is this request's turn: a client that is slow to send keeps nobody waiting.
    if length > 0:
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
    with turn:
        answer = moto(environ, start_response)
        try:
            return list(answer)
        finally:
            getattr(answer, "close", lambda: None)()


server = make_server("127.0.0.1", 0, one_at_a_time, True, request_handler=Handler)
print(server.port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
