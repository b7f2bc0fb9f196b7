"""The process that takes files beside others: reference tables and limits in, then file after file.

Frames are pickles on standard input and output, both ends of which are this program; it ends when its input does.
What anybody else writes to standard output goes to standard error.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import traceback
from typing import BinaryIO

from pipelines.gate.submission import FileGate

# A file makes many objects and next to no garbage in circles: looking for it often costs a tenth of the time.
COLLECTED_AFTER = (100_000, 20, 20)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers each `(arrival, bytes)` with its submission, or with the text of what broke as a `str`."""
    reference, limits = pickle.load(source)
    gate = FileGate(reference, limits)
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    while True:
        try:
            arrival, data = pickle.load(source)
        except EOFError:
            return
        try:
            answer: object = gate.take(arrival, data)
        except Exception:  # whatever it is, the night raises it again as FileFailed, with this text
            answer = traceback.format_exc()
        pickle.dump(answer, sink, pickle.HIGHEST_PROTOCOL)
        sink.flush()


if __name__ == "__main__":
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin.buffer, answers)
