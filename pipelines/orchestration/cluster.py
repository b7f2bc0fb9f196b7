"""Settings for several machines: Dagster's storage in PostgreSQL, the steps of a run on celery workers over Redis.

Without them steps run in the process of their run, and the storage is SQLite. Nothing here needs the extra packages.
"""

from __future__ import annotations

import os
from importlib.util import find_spec

POSTGRES_URL = "TIENDO_DAGSTER_POSTGRES_URL"
REDIS_URL = "TIENDO_CELERY_REDIS_URL"
# Dagster's own name for the day of a run.
PARTITION_TAG = "dagster/partition"
_DRIVER, _PLAIN = "postgresql+psycopg2://", ("postgresql://", "postgres://")
_EXTRA = "make install-cluster (or: pip install 'tien-do[cluster]')"


class ClusterSettingsInvalid(ValueError):
    """A setting for several machines is wrong or lacks another; the message says which."""


def redis_url() -> str:
    """Where runs and workers meet; empty where steps run in the process of their run."""
    return os.environ.get(REDIS_URL, "")


def is_on_workers() -> bool:
    """Whether each step of a run works in a process of its own."""
    return bool(redis_url())


def check_settings() -> None:
    """Says before anything starts what would fail later, and less clearly. Raises ClusterSettingsInvalid."""
    postgres, redis = os.environ.get(POSTGRES_URL, ""), redis_url()
    if redis and not postgres:
        raise ClusterSettingsInvalid(
            f"{REDIS_URL} is set and {POSTGRES_URL} is not: workers on other machines can't write to Dagster's SQLite. "
            f"Set both, or none."
        )
    if postgres.startswith(_PLAIN):
        raise ClusterSettingsInvalid(
            f"{POSTGRES_URL} begins with {postgres.partition('//')[0]}//, expected {_DRIVER}: the driver that is "
            "installed must be named."
        )
    if redis and not redis.startswith(("redis://", "rediss://")):
        raise ClusterSettingsInvalid(f"{REDIS_URL} begins with neither redis:// nor rediss:// (with TLS).")
    for setting, given, package in ((POSTGRES_URL, postgres, "dagster_postgres"), (REDIS_URL, redis, "dagster_celery")):
        if given and find_spec(package) is None:
            raise ClusterSettingsInvalid(f"{setting} is set, but {package} is not installed: {_EXTRA}.")
