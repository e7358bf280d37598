"""Schemas of the service document, the health check and problems."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.schemas.examples import GUIDE_URL
from app.schemas.guides import Guide
from app.schemas.models import PublicModel
from app.schemas.topics import Topic


class ServiceLinks(PublicModel):
    """URLs of the parts of the service."""

    guides: str = Field(description="URL of the list of guides.", examples=["/v1/guides"])
    topics: str = Field(description="URL of the list of topics.", examples=["/v1/topics"])
    instruments: str = Field(description="URL of the list of treaties and agreements.", examples=["/v1/instruments"])
    events: str = Field(description="URL of the timeline.", examples=["/v1/events"])
    terms: str = Field(description="URL of the glossary.", examples=["/v1/terms"])
    sources: str = Field(description="URL of the list of sources.", examples=["/v1/sources"])
    changes: str = Field(
        description="URL of what happened to the guides: publications, renames and withdrawals.",
        examples=["/v1/changes"],
    )
    docs: str = Field(description="URL of Swagger UI, to read and try the API in a browser.", examples=["/docs"])
    openapi: str = Field(description="URL of the OpenAPI 3.1 document.", examples=["/openapi.json"])
    health: str = Field(description="URL of the health check.", examples=["/health/ready"])


class ServiceTemplates(PublicModel):
    """URI templates (RFC 6570, level 1): replace each `{name}` with a percent-encoded value."""

    search: str = Field(description="Full-text search.", examples=["/v1/search?q={q}"])
    suggestions: str = Field(description="Completions for a search box.", examples=["/v1/suggestions?q={q}"])
    quotation: str = Field(
        description="Quotation look-up: whether and where a text occurs in a guide.",
        examples=["/v1/quotations?text={text}"],
    )
    guide: str = Field(description="A guide, by its slug.", examples=["/v1/guides/{guide}"])
    section: str = Field(
        description="A section, by the slugs of its guide and of itself.",
        examples=["/v1/guides/{guide}/sections/{section}"],
    )
    passage: str = Field(
        description="A passage, by the slug of its guide and its id.",
        examples=["/v1/guides/{guide}/passages/{passage}"],
    )
    article: str = Field(
        description="An article, by the slugs of its instrument and of itself.",
        examples=["/v1/instruments/{instrument}/articles/{article}"],
    )


class SoftwareLicence(PublicModel):
    """Licence of the software."""

    spdx_id: str = Field(description="SPDX identifier.", examples=["MIT"])
    url: str = Field(description="URL of the licence.", examples=["https://spdx.org/licenses/MIT.html"])


class FactsLicence(PublicModel):
    """Licence of the editors' corrections and facts."""

    spdx_id: str = Field(description="SPDX identifier.", examples=["CC0-1.0"])
    url: str = Field(description="URL of the licence.", examples=["https://creativecommons.org/publicdomain/zero/1.0/"])


class GuideTextLicences(PublicModel):
    """Licences of the guides' texts: `licence` of each guide, null if its author stated none."""

    spdx_id: None = Field(None, description="Always null.", examples=[None])
    url: str = Field(description="URL of the guides.", examples=["/v1/guides"])


class ServiceLicences(PublicModel):
    """Which licence covers what."""

    software: SoftwareLicence
    guide_texts: GuideTextLicences
    corrections_and_facts: FactsLicence


class Service(PublicModel):
    """Description of the service, with links to start from."""

    name: str = Field(description="Name of the service.", examples=["Treaty guide"])
    version: str = Field(description="Version of the software.", examples=["0.1.0"])
    description: str = Field(
        description="Summary of what the service offers.",
        examples=["Guides to treaties as content that programs can use …"],
    )
    links: ServiceLinks
    templates: ServiceTemplates
    licences: ServiceLicences


class FrontPage(Service):
    """The service document with the guides and topics; formats for readers are made from it."""

    guides: list[Guide] = Field(description="The guides, by slug.")
    topics: list[Topic] = Field(description="The topics, in their editorial order.")


class Health(PublicModel):
    """Result of a health check; a failed check returns a problem."""

    status: Literal["ok"] = Field("ok", description="Always `ok`.", examples=["ok"])


class Readiness(Health):
    """Result of the readiness check; a failed check returns a problem."""

    notice: str | None = Field(
        None,
        description="What an operator should look at, although the service works; otherwise null.",
        examples=[None],
    )
    ledger_unreachable_since: datetime | None = Field(
        None,
        description="Since when the database in which publications are recorded cannot be read; otherwise null.",
        examples=[None],
    )


class InvalidParameter(PublicModel):
    """An error in one parameter."""

    parameter: str = Field(description="Name of the parameter.", examples=["limit"])
    message: str = Field(
        description="What is wrong with the value.", examples=["Input should be less than or equal to 100."]
    )


class Problem(PublicModel):
    """Problem details of an error (RFC 9457)."""

    type: str = Field(description="URL of a page about this type of problem.", examples=["/problems/not-found"])
    title: str = Field(description="Short name of the type of problem.", examples=["Not found"])
    status: Annotated[int, Field(ge=400, le=599)] = Field(description="HTTP status code.", examples=[404])
    detail: str = Field(
        description="Explanation of this occurrence, and how to solve it.",
        examples=["There is no section “histroy” here."],
    )
    instance: str = Field(
        description="URL of the request, percent-encoded, without its query; truncated if it is long.",
        examples=[f"{GUIDE_URL}/sections/histroy"],
    )
    errors: list[InvalidParameter] | None = Field(
        description="For invalid input, an entry for each invalid parameter; otherwise null.", examples=[None]
    )
    did_you_mean: list[str] | None = Field(
        description="For an unknown address, the URLs of those that you may mean; for an unknown name, in an address or"
        " a parameter, the most similar existing names. Otherwise null.",
        examples=[["history"]],
    )
