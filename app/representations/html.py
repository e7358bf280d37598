"""Write content as web pages."""

from app.representations.context import RenderContext
from app.schemas.models import PublicModel


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as web pages."""
    return f"{content}"
