"""Write content as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/) of schema.org."""

import json
from typing import Any

from markupsafe import Markup

from app import schemas
from app.representations.context import RenderContext
from app.representations.schema_org import describe, section_with_text
from app.schemas.models import PublicModel

CONTEXT = "https://schema.org"

# An HTML parser looks for `</script` and `<!--`; the line separators ended lines of JavaScript until 2019.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as JSON-LD."""
    if isinstance(content, schemas.Section):
        description = section_with_text(content, context)
    else:
        description = describe(content, context) or {}
    return json.dumps({"@context": CONTEXT, **description}, ensure_ascii=False)


def structured_data(content: PublicModel, context: RenderContext) -> dict[str, Any] | None:
    """Return the JSON-LD that a web page embeds, or None if schema.org has no such kind."""
    description = describe(content, context)
    return {"@context": CONTEXT, **description} if description else None


def script_content(data: dict[str, Any]) -> Markup:
    """Return JSON-LD for a `script` element, which no text in it can end."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S704 - `_ESCAPES` makes it safe
