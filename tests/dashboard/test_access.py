"""Who a session's claims name, what the roles allow, and that whatever is unclear allows nothing."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from dashboard import access
from dashboard.access import ACTIONS, CLEARANCES, LOCAL_READER, NOBODY, ROLES, Reader, reader_of
from dashboard.sign_in_settings import Claims

NOW = 1_000_000.0
CLAIMS = Claims("roles", "province_code", (("quan-su", "military"),), 3600)
TOLD = {"is_logged_in": True, "sub": "lan", "name": "Nguyễn Thị Lan", "iat": NOW - 60, "exp": NOW + 300}


def signed_in(claims: Claims = CLAIMS, now: float = NOW, **told: Any) -> Reader:
    return reader_of({**TOLD, **told}, claims, now)


@pytest.mark.parametrize(
    ("roles", "understood"),
    [
        (["viewer"], {"viewer"}),
        ("analyst", {"analyst"}),
        ("analyst, steward viewer", {"analyst", "steward", "viewer"}),
        (["military", "steward"], {"military", "steward"}),
        (["quan-su"], {"military"}),
        (["Military", "admin", "root", "*"], set()),
        ({"military": True}, set()),
        ([["military"]], set()),
        (7, set()),
        (None, set()),
    ],
)
def test_roles_come_as_a_list_or_a_text_and_unknown_ones_count_for_nothing(roles: Any, understood: set[str]) -> None:
    assert signed_in(roles=roles).roles == understood


def test_a_claim_may_lie_inside_another_or_have_dots_in_its_name() -> None:
    keycloak = Claims("realm_access.roles", "province_code", (), 3600)
    assert signed_in(keycloak, realm_access={"roles": ["analyst"]}).roles == {"analyst"}
    assert signed_in(Claims("https://bnv/roles", "p", (), 3600), **{"https://bnv/roles": "viewer"}).roles == {"viewer"}
    assert signed_in(keycloak, realm_access="analyst").roles == frozenset()


@pytest.mark.parametrize(
    ("province", "understood"),
    [
        ("91", "91"),
        (["01"], "01"),
        (["01", "91"], None),
        ("9", None),
        ("VN", None),
        (91, None),
        ("९१", None),
        ("", None),
    ],
)
def test_a_provincial_reader_has_exactly_one_province_or_no_role(province: Any, understood: str | None) -> None:
    reader = signed_in(roles=["provincial"], province_code=province)
    assert reader.province_code == understood
    assert reader.roles == (frozenset({"provincial"}) if understood else frozenset())


def test_the_province_counts_for_the_provincial_role_only() -> None:
    assert signed_in(roles=["analyst"], province_code="91").province_code is None


@pytest.mark.parametrize(
    "told",
    [
        {"is_logged_in": False},
        {"is_logged_in": "true"},
        {"sub": ""},
        {"sub": None},
        {"sub": 7},
        {"exp": NOW},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"iat": None},
        {"iat": NOW - 3600, "exp": NOW + 3600},
    ],
)
def test_without_a_valid_session_nobody_is_there(told: dict[str, Any]) -> None:
    assert signed_in(roles=["military"]).roles == {"military"}
    assert signed_in(roles=["military"], **told) == NOBODY


def test_a_session_that_was_signed_out_is_over_for_whoever_kept_its_cookie() -> None:
    told = {**TOLD, "roles": ["military"], "nonce": "signed-out"}
    assert reader_of(told, CLAIMS, NOW).subject == "lan"
    access.end_session(told)
    assert reader_of(told, CLAIMS, NOW) == NOBODY
    assert reader_of({**told, "nonce": "the next one"}, CLAIMS, NOW).subject == "lan"


def test_several_roles_are_their_union() -> None:
    for first, second in itertools.product(ROLES, repeat=2):
        both = Reader("", "x", frozenset({first, second}), "91")
        one, other = (Reader("", "x", frozenset({role}), "91") for role in (first, second))
        for action in ACTIONS:
            assert both.may(action) == (one.may(action) or other.may(action))
        for clearance in CLEARANCES:
            assert both.reaches(clearance) == (one.reaches(clearance) or other.reaches(clearance))


def test_nobody_may_anything_and_the_local_reader_everything_that_no_province_owns() -> None:
    assert not any(NOBODY.may(action) for action in ACTIONS)
    assert not any(NOBODY.reaches(clearance) for clearance in CLEARANCES)
    assert all(LOCAL_READER.may(action) for action in ACTIONS)
    assert LOCAL_READER.clearance == "restricted"
    assert LOCAL_READER.province_code is None


def test_files_as_received_are_for_those_who_may_see_every_sheet_of_them() -> None:
    for role in ROLES.values():
        assert "landed_file" not in role.actions or role.clearance == access.HIGHEST


def test_a_provincial_reader_sends_for_his_province_only_unless_another_role_lets_him() -> None:
    assert signed_in(roles=["provincial"], province_code="91").sends_for == "91"
    assert signed_in(roles=["provincial", "analyst"], province_code="91").sends_for == "91"
    assert signed_in(roles=["provincial", "steward"], province_code="91").sends_for is None


def test_an_action_that_nobody_declared_is_an_error() -> None:
    with pytest.raises(KeyError):
        LOCAL_READER.may("delete")
