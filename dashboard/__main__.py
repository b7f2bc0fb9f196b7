"""`python -m dashboard --host HOST --port PORT`: serves the dashboard; `tiendo dashboard` and the services run this.

Answers go over the websocket as they are. Compressing each of them took a fifth of the server's processor time, and of
sixty readers at once the slowest waited twice as long; a page is 160 kB on average. A proxy may compress towards
readers who are far away.
"""

from __future__ import annotations

import argparse

import uvicorn

LOOPBACK, PORT = "127.0.0.1", 8501


def main() -> None:
    """Serves until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--log-level", default=None, choices=sorted(uvicorn.config.LOG_LEVELS))
    options = parser.parse_args()
    uvicorn.run(
        "dashboard.asgi:app",
        host=options.host,
        port=options.port,
        log_level=options.log_level,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )


if __name__ == "__main__":
    main()
