from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.operation import notify
from pipelines.operation.freshness import Freshness
from pipelines.settings import REPOSITORY, Settings
from tests.operation.post_office import PostOffice

# A Monday; the reports were due on the 18th, and one of them came empty.
MORNING = datetime.datetime(2026, 2, 23, 8, 30)
LAST_NIGHT = datetime.datetime(2026, 2, 23, 1, 30)
SECRETS = ("48213", "9131.75", "Chỉ huy trưởng Nguyễn Văn Bí Mật", "military_officers_filled")


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with what a night leaves that mail and health read: in the lowest file nothing restricted, in the highest
    military values and labels that must be found nowhere. Copy it.
    """
    home = tmp_path_factory.mktemp("operation") / "home"
    version = home / "published" / "000007"
    version.mkdir(parents=True)
    (version.parent / "current").symlink_to(version.name)
    shutil.copytree(REPOSITORY / "data" / "reference", home / "reference")
    for name in ("public", "internal", "restricted"):
        write_published(version / f"{name}.duckdb", has_secrets=name == "restricted")
    return home


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    """A copy of that home."""
    return shutil.copytree(published_home, tmp_path / "home", symlinks=True)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are fresh, as far as mail is told: asking takes a process, which takes two seconds."""
    content = {"status": "fresh", "is_awaited": False, "reasons": []}
    monkeypatch.setattr(notify, "ask_health", lambda *_: Freshness(content, 0))


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A mail server on the loopback interface that keeps what it is given."""
    with PostOffice() as office:
        yield office


def write_published(path: Path, *, known_at: datetime.datetime = LAST_NIGHT, has_secrets: bool = False) -> None:
    """The tables that mail and health read, as a night publishes them."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO reference.run VALUES ('run-7', ?, ?, ?, '0.1.0', 'published|reported')",
            [known_at.date() - datetime.timedelta(days=1), known_at, known_at],
        )
        connection.executemany(
            "INSERT INTO marts.reporting_coverage VALUES (?, 'CQDP2C', ?, ?, ?, ?)",
            [(*row, SECRETS[0] if has_secrets else None) for row in _COVERAGE],
        )
        if has_secrets:
            connection.execute(
                "CREATE TABLE marts.military_staffing (indicator VARCHAR, posts VARCHAR, commander VARCHAR)"
            )
            connection.execute(
                "INSERT INTO marts.military_staffing VALUES (?, ?, ?)", [SECRETS[3], SECRETS[1], SECRETS[2]]
            )


def write_recipients(home: Path, *rows: str) -> None:
    """The table of recipients, without its header."""
    lines = ["address,what,provinces,language", *rows, ""]
    (home / "reference" / "recipients.csv").write_text("\n".join(lines), encoding="utf-8")


_DUE = datetime.datetime(2026, 2, 19)
_LONG_AGO = datetime.datetime(2025, 8, 4)
_COVERAGE = [
    ("01", datetime.date(2026, 2, 13), _DUE, "missing"),
    ("04", datetime.date(2026, 2, 13), _DUE, "empty"),
    ("12", datetime.date(2026, 2, 13), _DUE, "on_time"),
    ("12", datetime.date(2025, 7, 31), _LONG_AGO, "missing"),
    ("01", datetime.date(2026, 2, 28), datetime.datetime(2026, 3, 4), "not_due"),
]
_TABLES = (
    "CREATE SCHEMA reference",
    "CREATE SCHEMA marts",
    "CREATE SCHEMA facts",
    """CREATE TABLE reference.run (run_id VARCHAR, as_of_on DATE, known_at TIMESTAMP, built_at TIMESTAMP,
        code_version VARCHAR, origin_mix VARCHAR)""",
    """CREATE TABLE reference.calendar AS SELECT CAST(day AS DATE) AS as_of_on, ISODOW(day) < 6
        AND CAST(day AS DATE) NOT BETWEEN DATE '2026-02-16' AND DATE '2026-02-20' AS is_working_day
        FROM UNNEST(GENERATE_SERIES(DATE '2026-01-01', DATE '2026-03-31', INTERVAL 1 DAY)) AS days(day)""",
    """CREATE TABLE reference.provinces AS SELECT * FROM (VALUES ('01', 'Thành phố Hà Nội'), ('04', 'Tỉnh Cao Bằng'),
        ('12', 'Tỉnh Lai Châu')) AS provinces(province_code, province_name)""",
    """CREATE TABLE marts.reporting_coverage (province_code VARCHAR, form VARCHAR, as_of_on DATE, due_at TIMESTAMP,
        status VARCHAR, filled_count VARCHAR)""",
    "CREATE TABLE marts.national_progress (as_of_on DATE, origin VARCHAR)",
    "CREATE TABLE facts.submissions (submission_id VARCHAR)",
)
