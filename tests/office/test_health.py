"""Whoever watches the server learns which Bilat answers."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

import bilat
from bilat_office.environment import env_bool


def test_the_office_says_which_version_answers(client: Client) -> None:
    assert client.get("/health").json() == {"bilat": bilat.__version__}


def test_the_settings_pass_djangos_own_checks() -> None:
    call_command("check", fail_level="ERROR")


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("0", False), (None, False)])
def test_a_switch_is_read_as_people_write_it(text: str | None, value: bool) -> None:
    environment = {} if text is None else {"BILAT_DEBUG": text}
    assert env_bool(environment, "BILAT_DEBUG", default=False) is value


def test_a_switch_that_says_nonsense_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="BILAT_DEBUG=perhaps"):
        env_bool({"BILAT_DEBUG": "perhaps"}, "BILAT_DEBUG", default=False)
