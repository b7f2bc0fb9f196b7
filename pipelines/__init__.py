"""From the files that provinces send to the published database: readers, landing, gate, facts, marts, publishing."""

from __future__ import annotations

__version__ = "0.1.0"
