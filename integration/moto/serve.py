"""moto's server on a free port of this machine: says which on standard output, ends when standard input does.

`moto_server` itself wants to be told a port, answers HTTP/1.0 (a connection for each request) and logs every request.
"""

import sys
import threading

import faster  # noqa: F401
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, *_):
        pass


server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), True, request_handler=Handler)
print(server.port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
