"""`python -m dashboard.brief --database FILE --out FILE`: writes one brief, in the format that the file's ending names.

`tiendo brief` runs it; the database is a published one, or one of an earlier day made by `tiendo as-known`.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from dashboard.warehouse import open_file

REFUSED = 1


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0, or 1 where there is nothing to write a brief of; the reason goes to standard error."""
    # Outside a server Streamlit's caches work, and say so at length.
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    from dashboard.brief.files import WRITERS, NoBrief, compute, write

    options = _options(arguments)
    ending = options.out.suffix.lower()
    try:
        if ending not in WRITERS:
            raise NoBrief(f"Tên tệp phải kết thúc bằng {', '.join(WRITERS)}; đã cho “{options.out.name}”.")
        brief = compute(open_file(options.database), options.province, not options.past)
        options.out.write_bytes(write(brief, ending))
    except (NoBrief, OSError) as reason:
        sys.stderr.write(f"{reason}\n")
        return REFUSED
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard.brief", description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help=".docx, .pdf or .xlsx")
    parser.add_argument("--province", default="", help="Two-digit code; the whole country if not said.")
    parser.add_argument("--past", action="store_true", help="The database is one of an earlier day.")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
