"""Filters of instruments, events, terms and sources."""

import httpx
import pytest

from tests.routers.lists import all_items, slugs


@pytest.mark.parametrize(
    ("day", "included", "not_included"),
    [
        ("1955-01-01", ["security-treaty-1951", "mda-agreement-1954"], ["treaty-1960", "sofa-1960"]),
        ("1965-01-01", ["treaty-1960", "mda-agreement-1954"], ["security-treaty-1951"]),
        ("1952-04-27", [], ["security-treaty-1951"]),
        ("1952-04-28", ["security-treaty-1951"], []),
        ("1960-06-22", ["security-treaty-1951"], ["treaty-1960"]),
        ("1960-06-23", ["treaty-1960"], ["security-treaty-1951"]),
        ("2000-01-01", [], ["guidelines-1978", "joint-declaration-1996"]),  # never in force
    ],
)
def test_an_instrument_is_in_force_until_the_day_before_it_ended(
    client: httpx.Client, day: str, included: list[str], not_included: list[str]
) -> None:
    found = slugs(client, f"/v1/instruments?in_force_on={day}")
    assert set(included) <= set(found)
    assert not set(not_included) & set(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("events", ["pens-bought", "signing", "counting", "entry-into-force"]),
        ("events?since=1960", ["counting", "entry-into-force"]),
        ("events?since=1960-02-29", ["counting", "entry-into-force"]),
        ("events?since=1960-03", []),
        ("events?since=1959-07-02", ["pens-bought", "counting", "entry-into-force"]),
        ("events?until=1959-07-01", ["pens-bought", "signing"]),
        ("events?until=1959-06", ["pens-bought"]),
        ("events?until=1958", []),
        ("events?since=1959-07-01&until=1960-02-01", ["pens-bought", "signing", "counting"]),
        ("events?category=domestic", ["pens-bought", "counting"]),
        ("events?section=fish", ["counting"]),
        ("events?topic=origins", ["pens-bought", "signing", "counting"]),
        ("events?section=signing&category=treaty&topic=trade", ["signing"]),
        ("events?guide=nowhere-and-the-sea", []),
        ("instruments?legal_character=treaty", ["treaty-of-nowhere"]),
        ("instruments?section=ratification", ["treaty-of-nowhere"]),
        ("instruments?topic=trade", ["treaty-of-nowhere", "pen-notes"]),
        ("instruments?section=fish", []),
        ("instruments?in_force_on=1960-02-29", ["treaty-of-nowhere"]),
        ("instruments?in_force_on=1970-01-01", []),
        ("terms", ["nowhere-treaty-organization", "pen"]),
        ("terms?section=opening", ["nowhere-treaty-organization"]),
        ("terms?guide=treaty-of-nowhere&topic=trade", ["nowhere-treaty-organization", "pen"]),
        ("sources?guide=treaty-of-nowhere", ["gazette", "memoir"]),
        ("sources?guide=nowhere-and-the-sea", []),
    ],
)
def test_facts_are_filtered(sample: httpx.Client, query: str, found: list[str]) -> None:
    assert slugs(sample, f"/v1/{query}") == found


def test_an_event_known_to_the_year_matches_when_its_year_overlaps(client: httpx.Client) -> None:
    by_year = [event for event in all_items(client, "/v1/events") if event["date"] == "1986"]
    assert by_year
    for query in ("since=1986-12-31", "until=1986-01-01", "since=1986&until=1986", "since=1986-05&until=1986-05-31"):
        assert by_year[0] in all_items(client, f"/v1/events?{query}")
    for query in ("since=1987", "until=1985"):
        assert by_year[0] not in all_items(client, f"/v1/events?{query}")


@pytest.mark.parametrize(
    ("address", "parameter", "near"),
    [
        ("instruments?section=sining", "section", ["signing"]),
        ("instruments?topic=orgins", "topic", ["origins"]),
        ("events?guide=treaty-of-nowere", "guide", ["treaty-of-nowhere"]),
        ("terms?section=sining", "section", ["signing"]),
        ("terms?guide=treaty-of-nowere", "guide", ["treaty-of-nowhere"]),
        ("sources?guide=treaty-of-nowere", "guide", ["treaty-of-nowhere"]),
        ("events?category=fun", "category", None),
        ("events?since=soon", "since", None),
        ("events?since=1959-02-29", "since", None),
        ("events?since=1960&until=1959", "since", None),
        ("events?until=0000", "until", None),
        ("instruments?legal_character=magic", "legal_character", None),
        ("instruments?in_force_on=1960-02-30", "in_force_on", None),
        ("instruments?in_force_on=1960", "in_force_on", None),
        ("instruments?in_force_on=0", "in_force_on", None),
        ("instruments?in_force_on=1955-01-01T00:00:00", "in_force_on", None),
    ],
)
def test_an_invalid_filter_gives_422_not_an_empty_page(
    sample: httpx.Client, address: str, parameter: str, near: list[str] | None
) -> None:
    response = sample.get(f"/v1/{address}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == parameter
    assert (response.json()["did_you_mean"] or [])[:1] == (near or [])
