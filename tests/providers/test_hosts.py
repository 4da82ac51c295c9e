"""Which addresses are fal's, where they are dialled, and who may see the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.fal.hosts import Route, is_fal

BASE = "http://127.0.0.1:8799"


@pytest.mark.parametrize(
    "host", ["fal.run", "queue.fal.run", "V3.FAL.MEDIA", "queue.falrun.com", "api.fal.ai", "fal.ai."]
)
def test_hosts_of_fal(host: str) -> None:
    assert is_fal(host)


@pytest.mark.parametrize("host", ["", "evilfal.run", "fal.run.evil.com", "fal.media.co", "127.0.0.1"])
def test_hosts_of_others(host: str) -> None:
    assert not is_fal(host)


def test_fal_is_dialled_below_the_base() -> None:
    route = Route(f"{BASE}/proxy/")
    url = "https://queue.fal.run/fal-ai/flux%2Fx/requests/1?logs=1"
    assert route.dialled(url) == f"{BASE}/proxy/queue.fal.run/fal-ai/flux%2Fx/requests/1?logs=1"
    assert route.dialled(route.dialled(url)) == route.dialled(url)
    assert route.canonical(route.dialled(url)) == url


def test_fal_is_only_ever_spoken_to_over_tls() -> None:
    assert Route().canonical("http://queue.fal.run/x?a=1") == "https://queue.fal.run/x?a=1"


def test_an_address_that_is_none_leads_nowhere() -> None:
    route = Route(BASE)
    assert route.dialled("https://[bad") == route.canonical("https://[bad") == "https://[bad"
    assert not route.may_carry_key("https://[bad")


def test_others_are_dialled_as_they_are() -> None:
    assert Route(BASE).dialled("https://example.com/x") == "https://example.com/x"
    assert Route().dialled("https://queue.fal.run/x") == "https://queue.fal.run/x"


@given(st.text(alphabet="abc/-._~", max_size=20), st.sampled_from(["queue.fal.run", "v3.fal.media", "falrun.com"]))
def test_the_way_out_and_back_is_the_same(path: str, host: str) -> None:
    route = Route(BASE)
    url = f"https://{host}/{path}"
    assert route.canonical(route.dialled(url)) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://queue.fal.run/x",
        "https://queue.fal.run@evil.com/x",
        "https://evil.com/queue.fal.run/x",
        "http://127.0.0.1:8799.evil.com/queue.fal.run",
        "http://127.0.0.1:9999/queue.fal.run",
        "https://127.0.0.1:8799/queue.fal.run",
        "http://127.0.0.1:bad/x",
    ],
)
def test_strangers_never_get_the_key(url: str) -> None:
    assert not Route(BASE).may_carry_key(url)


def test_fal_and_the_base_get_the_key() -> None:
    assert Route().may_carry_key("https://queue.fal.run/x")
    assert Route(BASE).may_carry_key(f"{BASE}/queue.fal.run/x")


@pytest.mark.parametrize("base", ["", "127.0.0.1:8799", "ftp://x", "http://", "http://x/?q=1"])
def test_a_base_that_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Route(base)
