"""What waits for a person, without what a reader may not know: `tiendo review` reads the files themselves, every sheet.

Of a label that nobody has said the meaning of nobody knows whether it is above a clearance, so below the highest
one its values are not shown, and not the label either where it may mean something hidden.
"""

from __future__ import annotations

from typing import Any

from dashboard.warehouse import Published

Item = dict[str, Any]


def without_hidden(queue: Item, own: Published, highest: Published) -> Item:
    """The queue for a reader whose published file is `own`; `highest` only tells which indicators are hidden there.

    Files are called what they are called in `own`, and those that it does not have are left out.
    """
    every, seen = (
        {row["indicator"]: row["name_vi"] for row in each.rows("indicators_known")} for each in (highest, own)
    )
    hidden = every.keys() - seen.keys()
    called = {row["submission_id"]: row["file_name"] for row in own.rows("submissions", province_code="")}
    names = set(called.values())
    return {
        **queue,
        "files": [
            {**item, "file": called[item["submission_id"]]}
            for item in queue["files"]
            if item["submission_id"] in called
        ],
        "columns": [
            {**item, "samples": [], "files": [name for name in item["files"] if name in names]}
            for item in queue["columns"]
            if hidden.isdisjoint(item["suggestions"])
        ],
        "units": [{**item, "files": [name for name in item["files"] if name in names]} for item in queue["units"]],
        "corrections": [item for item in queue["corrections"] if item["indicator"] not in hidden],
        "meanings": [item for item in queue["meanings"] if item["code"] not in hidden],
    }
