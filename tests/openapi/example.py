"""Fetch a section with the client that openapi-python-client generates."""

import sys

from treaty_guide import Client
from treaty_guide.api.sections import get_section
from treaty_guide.models import Section

service, guide, slug = sys.argv[1:]
with Client(base_url=service) as client:
    section = get_section.sync(guide, slug, client=client)
if not isinstance(section, Section):
    sys.exit(section.detail if section else "There is no such section.")
print(section.title)
for passage in section.passages:
    print(passage.id, passage.text)
