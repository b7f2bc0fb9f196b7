"""Which settings put the steps of a run on workers, and what is said where they do not fit together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from pipelines.orchestration import cluster, instance
from pipelines.orchestration.cluster import POSTGRES_URL, REDIS_URL, ClusterSettingsInvalid, check_settings
from pipelines.settings import Settings

WORDS = ("ngo-hinh", "cay-gao")
POSTGRES = f"postgresql+psycopg2://tiendo:{WORDS[0]}@127.0.0.1/dagster"
REDIS = f"redis://:{WORDS[1]}@127.0.0.1:6379/0"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (POSTGRES_URL, REDIS_URL, "TIENDO_HOME", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def extra_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda package: package)


def test_without_settings_everything_stays_in_one_process_on_sqlite(tmp_path: Path) -> None:
    instance.prepare_instance(Settings(home=tmp_path))
    assert not cluster.is_on_workers()
    settings = yaml.safe_load((tmp_path / "warehouse" / "dagster" / "dagster.yaml").read_text())
    assert "storage" not in settings
    assert settings["event_log_storage"]["class"] == "OpenSqliteEventLogStorage"


def test_a_run_and_a_worker_that_start_together_both_find_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def after_the_other(path: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", lambda: 1)
            instance.prepare_instance(Settings(home=tmp_path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", after_the_other)
    instance.prepare_instance(Settings(home=tmp_path))
    assert [path.name for path in (tmp_path / "warehouse" / "dagster").iterdir()] == ["dagster.yaml"]


def test_addresses_and_their_passwords_stay_out_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra_is_there: None
) -> None:
    monkeypatch.setenv(POSTGRES_URL, POSTGRES)
    monkeypatch.setenv(REDIS_URL, REDIS)
    instance.prepare_instance(Settings(home=tmp_path))
    text = (tmp_path / "warehouse" / "dagster" / "dagster.yaml").read_text()
    assert yaml.safe_load(text)["storage"] == {"postgres": {"postgres_url": {"env": POSTGRES_URL}}}
    assert not any(word in text for word in WORDS)
    assert cluster.is_on_workers()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({REDIS_URL: REDIS}, f"{POSTGRES_URL} is not"),
        ({POSTGRES_URL: POSTGRES.replace("+psycopg2", "")}, r"expected postgresql\+psycopg2://"),
        ({POSTGRES_URL: POSTGRES, REDIS_URL: "amqp://127.0.0.1"}, "neither redis:// nor rediss://"),
    ],
)
def test_settings_that_do_not_fit_together_are_named(
    given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, extra_is_there: None
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ClusterSettingsInvalid, match=said) as refused:
        check_settings()
    assert not any(word in str(refused.value) for word in WORDS)


def test_packages_that_are_missing_are_named_with_what_brings_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    monkeypatch.setenv(POSTGRES_URL, POSTGRES)
    with pytest.raises(ClusterSettingsInvalid, match="dagster_postgres is not installed: make install-cluster"):
        check_settings()
