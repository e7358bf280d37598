"""Write content as JSON-LD."""

from app.representations.context import RenderContext
from app.schemas.models import PublicModel


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as JSON-LD."""
    return "{}"
