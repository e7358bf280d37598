import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proxies.conftest import write_example

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")


def test_the_unit_is_valid_and_little_exposed(tmp_path: Path) -> None:
    unit = tmp_path / "treaty-guide.service"
    write_example(unit.name, {"/opt/treaty-guide/bin/treaty-guide": sys.executable}, unit)
    subprocess.run(["systemd-analyze", "verify", unit], check=True)
    security = ["systemd-analyze", "security", "--offline=true", str(unit)]
    report = subprocess.run(security, check=True, capture_output=True, text=True).stdout
    exposure = re.search(r"Overall exposure level .*: ([\d.]+)", report)
    assert exposure
    assert float(exposure[1]) < 2
