import json
import re
import tomllib

from tests.advisories import LOCKS, Audit, packages_of
from tests.service import ROOT

LOCK = """\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:4f1d9991f5acc0ca119f9d443620b77f9d6b33703e51011c16baf57afb285fc6
werkzeug==3.1.9 \\
    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000
"""
COLORAMA = {"name": "colorama", "version": "0.4.6", "vulns": []}
WERKZEUG = {"name": "werkzeug", "version": "3.1.9", "vulns": []}
VULNERABLE = WERKZEUG | {"vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3.1.10", "3.2"], "aliases": []}]}
NOT_FOUND = {"name": "colorama", "skip_reason": "Dependency not found on PyPI and could not be audited: colorama"}


def audit_of(*entries: object) -> Audit:
    audit = Audit()
    audit.add(packages_of(LOCK), json.dumps({"dependencies": entries, "fixes": []}) if entries else "")
    return audit


def test_packages_for_other_platforms_are_checked_too() -> None:
    assert packages_of(LOCK) == {"colorama==0.4.6", "werkzeug==3.1.9"}


def test_the_check_succeeds_only_if_every_package_was_checked() -> None:
    audit = audit_of(COLORAMA, WERKZEUG)
    assert (audit.exit_code, str(audit)) == (0, "2 packages have no known advisory.")


def test_an_advisory_is_named_with_the_versions_that_fix_it() -> None:
    audit = audit_of(COLORAMA, VULNERABLE)
    assert (audit.exit_code, str(audit)) == (1, "werkzeug==3.1.9: PYSEC-2026-1, fixed in 3.1.10, 3.2")


def test_packages_that_the_source_does_not_know_are_unchecked() -> None:
    for entries in [(NOT_FOUND, WERKZEUG), (WERKZEUG,)]:
        audit = audit_of(*entries)
        assert audit.exit_code == 2
        assert str(audit).splitlines()[-1] == "1 of 2 packages could not be checked: colorama==0.4.6."


def test_an_advisory_outweighs_packages_that_could_not_be_checked() -> None:
    audit = audit_of(NOT_FOUND, VULNERABLE)
    assert audit.exit_code == 1
    assert "1 of 2 packages could not be checked" in str(audit)


def test_an_unreachable_source_is_a_failure() -> None:
    for entries in [(), (NOT_FOUND, NOT_FOUND | {"name": "werkzeug"})]:
        audit = audit_of(*entries)
        assert audit.exit_code == 2
        assert str(audit).startswith("None of 2 packages could be checked: ")


def test_every_dependency_group_has_a_lock_that_is_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"].keys() | project["project"]["optional-dependencies"].keys()
    written = re.findall(r"--output-file requirements/([a-z]+)\.lock", (ROOT / "Makefile").read_text())
    assert {lock.stem for lock in LOCKS} == set(written) == groups - {"build"} | {"main"}
