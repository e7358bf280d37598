"""Every line of the HTTP contract has a test."""

import re

from tests.service import ROOT

LINES = {*range(1, 37)}


def test_every_line_of_the_contract_has_a_test_named_after_it() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    names = re.findall(r"^def test_line_(\d+(?:_and_\d+)*)_", sources, re.MULTILINE)
    assert {int(number) for name in names for number in name.split("_and_")} == LINES
