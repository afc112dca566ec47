"""Serves moto on a free port of 127.0.0.1 until standard input closes.

The port is chosen by the system and printed on the first line of standard output, so two runs never meet on one.
Standard input is the leash: when the test process ends, however it ends, the pipe closes and the server goes with it.
"""

import logging
import os
import sys
import threading

from moto.iam.models import IAMBackend
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server


def leave_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


report_of_users = IAMBackend.get_credential_report


def report_with_root(backend: IAMBackend) -> str:
    """A report as IAM writes it: the root user's row stands first. moto leaves it out."""
    header, *users = report_of_users(backend).split("\n")
    root = (
        f"<root_account>,arn:aws:iam::{backend.account_id}:root,2024-01-01T00:00:00+00:00,"
        "true,no_information,2024-01-01T00:00:00+00:00,not_supported,true,"
        "false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
    )
    return "\n".join([header, root, *users])


IAMBackend.get_credential_report = report_with_root
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server(
    "127.0.0.1",
    0,
    DomainDispatcherApplication(create_backend_app),
    threaded=True,
    request_handler=MotoRequestHandler,
)
os.environ["MOTO_PORT"] = str(server.port)
threading.Thread(target=leave_with_parent, daemon=True).start()
print(server.port, flush=True)
server.serve_forever()
