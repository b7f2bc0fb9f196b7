"""The published databases of the dashboard's tests."""

from tests.dashboard.conftest import homes

__all__ = ["homes"]
