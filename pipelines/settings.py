"""Where everything lives, and the limits that protect a run. Read from the environment (`TIENDO_…`), nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[1]
SQL_DIRECTORY = REPOSITORY / "sql"
TIMEZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one installation; what each holds is written in README."""

    root: Path

    @property
    def reference(self) -> Path:
        return self.root / "reference"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def warehouse_file(self) -> Path:
        return self.warehouse / "tiendo.duckdb"

    @property
    def dagster(self) -> Path:
        return self.warehouse / "dagster"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def audit(self) -> Path:
        return self.root / "audit"

    @property
    def operation(self) -> Path:
        return self.root / "operation"

    def make_folders(self) -> None:
        """Creates what is missing; `reference/` is the caller's to provide."""
        for folder in (self.inbox, self.landing, self.warehouse, self.dagster, self.published, self.outbox):
            folder.mkdir(parents=True, exist_ok=True)


class Settings(BaseSettings):
    """Settings of one installation. Every field can be set as `TIENDO_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="TIENDO_", extra="ignore")

    home: Path = Field(default=REPOSITORY / "data", description="folder that holds inbox, landing, published, …")
    max_file_bytes: int = Field(default=30_000_000, description="a larger file is refused, not read")
    max_expanded_bytes: int = Field(default=300_000_000, description="total size of a workbook's parts once unpacked")
    max_cells: int = Field(default=2_000_000, description="cells of one file, empty ones between filled ones included")
    max_cell_characters: int = Field(default=32_767, description="characters of one cell; Excel takes no more either")
    max_archive_entries: int = Field(default=5_000, description="parts inside a workbook or document")
    max_nesting: int = Field(default=100, description="elements inside one another in XML and HTML, tables included")
    max_pages: int = Field(default=300, description="pages of a PDF")
    max_pdf_seconds: int = Field(default=60, description="processor time for one PDF")
    max_pdf_memory_bytes: int = Field(default=900_000_000, description="memory for one PDF")
    keep_versions: int = Field(default=14, ge=2, description="published versions kept for rollback and open readers")
    inbox_settle_seconds: int = Field(default=5, description="the sensor ignores files changed more recently")

    engine: Literal["duckdb", "spark"] = Field(
        default="duckdb", description="where the models are derived; spark asks the server at SPARK_REMOTE"
    )
    archive: Path | None = Field(default=None, description="what Spark reads, by the same path on every machine")

    def folders(self) -> Home:
        """The folders below `home`; a home without `reference/` uses the repository's own tables."""
        return Home(self.home.expanduser().resolve())

    def archive_directory(self) -> Path:
        """Where the files for Spark are; `<home>/archive` if not said."""
        return self.archive.expanduser().resolve() if self.archive else self.folders().archive

    def reference_directory(self) -> Path:
        """`<home>/reference` if it is there, otherwise the tables that come with the product."""
        own = self.folders().reference
        return own if own.is_dir() else REPOSITORY / "data" / "reference"
