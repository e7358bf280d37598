"""The template of each type of content."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from app import schemas
from app.representations.context import RenderContext
from app.representations.html.environment import environment
from app.representations.html.words import PAGE_LANG, lang_attribute
from app.schemas.models import PublicModel

TEMPLATES: Mapping[type[PublicModel], str] = {
    schemas.FrontPage: "front_page.html",
    schemas.GuidePage: "guides.html",
    schemas.WholeGuide: "guide.html",
    schemas.SectionPage: "sections.html",
    schemas.Section: "section.html",
    schemas.PassagePage: "passages.html",
    schemas.PassageInSection: "passage.html",
    schemas.TopicPage: "topics.html",
    schemas.Topic: "topic.html",
    schemas.CorrectionPage: "corrections.html",
    schemas.Correction: "correction.html",
    schemas.RevisionPage: "revisions.html",
    schemas.Revision: "revision.html",
    schemas.ChangePage: "changes.html",
    schemas.DownloadPage: "downloads.html",
    schemas.PublicationPage: "publications.html",
    schemas.InstrumentPage: "instruments.html",
    schemas.Instrument: "instrument.html",
    schemas.Article: "article.html",
    schemas.EventPage: "events.html",
    schemas.Event: "event.html",
    schemas.TermPage: "terms.html",
    schemas.Term: "term.html",
    schemas.SourcePage: "sources.html",
    schemas.Source: "source.html",
    schemas.SearchPage: "search.html",
}

# Control characters and noncharacters, which HTML does not allow (https://html.spec.whatwg.org, section 13.2.3.5).
_not_in_html = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class ProblemPage(NamedTuple):
    """The content of the page about a type of problem."""

    title: str
    status: int
    explanation: str


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as a web page."""
    return _page(TEMPLATES[type(content)], content, context)


def render_problem(problem: ProblemPage, context: RenderContext) -> str:
    """Return the page about a type of problem."""
    return _page("problem.html", problem, context)


def _page(template: str, content: object, context: RenderContext) -> str:
    guide_lang = lang_attribute(context.selected.language) if context.selected else ""
    page = environment.get_template(template).render(
        content=content,
        context=context,
        guide_lang=guide_lang,
        page_lang=PAGE_LANG if guide_lang else "",  # of words of the page in a text of the guide
    )
    return _not_in_html.sub("\N{REPLACEMENT CHARACTER}", page)
