"""Settings of the OIDC provider: all or nothing, secrets only from where others can't read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.sign_in_settings import (
    NAMES,
    PREFIX,
    SignInMisconfigured,
    claims,
    is_behind_tls,
    is_configured,
    streamlit_secrets,
)

COMPLETE = {
    f"{PREFIX}METADATA_URL": "https://sso.example/.well-known/openid-configuration",
    f"{PREFIX}CLIENT_ID": "tien-do",
    f"{PREFIX}CLIENT_SECRET": "bi-mat-cua-ung-dung",
    f"{PREFIX}COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    f"{PREFIX}REDIRECT_URI": "https://tien-do.example/oauth2callback",
}


def test_without_any_setting_nobody_signs_in() -> None:
    assert not is_configured({})
    assert claims({}) is None
    assert streamlit_secrets({"TIENDO_HOME": "/x"}) is None


def test_complete_settings_become_what_streamlit_reads() -> None:
    told = streamlit_secrets(COMPLETE)
    assert told is not None
    assert told["auth"]["client_id"] == "tien-do"
    assert told["auth"]["client_kwargs"] == {"scope": "openid profile email", "prompt": "select_account"}
    assert is_behind_tls(COMPLETE)


@pytest.mark.parametrize("name", COMPLETE)
def test_half_a_configuration_opens_nothing_and_says_what_is_missing(name: str) -> None:
    partial = {key: value for key, value in COMPLETE.items() if key != name}
    assert is_configured(partial)
    with pytest.raises(SignInMisconfigured, match=name):
        streamlit_secrets(partial)
    assert is_configured({name: COMPLETE[name]})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COOKIE_SECRET", "short"),
        ("REDIRECT_URI", "http://tien-do.example/oauth2callback"),
        ("REDIRECT_URI", "https://tien-do.example/"),
        ("METADATA_URL", "http://sso.example/.well-known/openid-configuration"),
        ("ROLE_NAMES", "quan-su"),
        ("SESSION_MINUTES", "never"),
        ("SESSION_MINUTES", "0"),
        ("ROLLES_CLAIM", "groups"),
    ],
)
def test_a_setting_that_can_not_be_meant_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SignInMisconfigured, match=PREFIX + name) as fault:
        streamlit_secrets({**COMPLETE, PREFIX + name: value})
    assert COMPLETE[f"{PREFIX}CLIENT_SECRET"] not in str(fault.value)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(SignInMisconfigured) as fault:
        streamlit_secrets({f"{PREFIX}CLIENT_ID": "tien-do"})
    assert all(name in str(fault.value) for name in COMPLETE if not name.endswith("CLIENT_ID"))


def test_plain_http_is_for_this_machine_only() -> None:
    local = {**COMPLETE, f"{PREFIX}REDIRECT_URI": "http://localhost:8501/oauth2callback"}
    assert streamlit_secrets(local) is not None
    assert not is_behind_tls(local)


def test_a_secret_comes_from_a_file_that_only_its_owner_may_read(tmp_path: Path) -> None:
    file = tmp_path / "cookie"
    file.write_text(COMPLETE[f"{PREFIX}COOKIE_SECRET"] + "\n")
    from_file = {**COMPLETE, f"{PREFIX}COOKIE_SECRET": "", f"{PREFIX}COOKIE_SECRET_FILE": str(file)}
    for mode in (0o600, 0o400):
        file.chmod(mode)
        told = streamlit_secrets(from_file)
        assert told is not None
        assert told["auth"]["cookie_secret"] == COMPLETE[f"{PREFIX}COOKIE_SECRET"]
    for mode in (0o640, 0o604, 0o620, 0o666):
        file.chmod(mode)
        with pytest.raises(SignInMisconfigured, match="chmod 600") as fault:
            streamlit_secrets(from_file)
        assert COMPLETE[f"{PREFIX}COOKIE_SECRET"] not in str(fault.value)


def test_a_secret_is_said_once_and_its_file_is_there(tmp_path: Path) -> None:
    file = tmp_path / "cookie"
    both = {**COMPLETE, f"{PREFIX}COOKIE_SECRET_FILE": str(file)}
    with pytest.raises(SignInMisconfigured, match="both set"):
        streamlit_secrets(both)
    with pytest.raises(SignInMisconfigured, match="can't be read"):
        streamlit_secrets({**both, f"{PREFIX}COOKIE_SECRET": ""})
    file.touch(0o600)
    with pytest.raises(SignInMisconfigured, match="empty"):
        streamlit_secrets({**both, f"{PREFIX}COOKIE_SECRET": ""})


def test_every_setting_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in readme and not name.endswith("_FILE")] == []
