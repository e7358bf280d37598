"""The template of each type of content."""

from collections.abc import Mapping

from app import schemas
from app.representations.context import RenderContext
from app.representations.html.environment import environment
from app.schemas.models import PublicModel

TEMPLATES: Mapping[type[PublicModel], str] = {
    # What is read.
    schemas.FrontPage: "generic.html",
    schemas.GuidePage: "generic.html",
    schemas.WholeGuide: "generic.html",
    schemas.SectionPage: "generic.html",
    schemas.Section: "generic.html",
    schemas.PassagePage: "generic.html",
    schemas.Passage: "generic.html",
    schemas.TopicPage: "generic.html",
    schemas.Topic: "generic.html",
    schemas.CorrectionPage: "generic.html",
    schemas.Correction: "generic.html",
    schemas.RevisionPage: "generic.html",
    # Facts, their sources, and the search.
    schemas.InstrumentPage: "generic.html",
    schemas.Instrument: "generic.html",
    schemas.Article: "generic.html",
    schemas.EventPage: "generic.html",
    schemas.Event: "generic.html",
    schemas.TermPage: "generic.html",
    schemas.Term: "generic.html",
    schemas.SourcePage: "generic.html",
    schemas.Source: "generic.html",
    schemas.SearchPage: "generic.html",
}


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as a web page."""
    return environment.get_template(TEMPLATES[type(content)]).render(content=content, context=context)
