"""The service itself, and why a request was not answered."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.shapes import GUIDE_URL, PublicModel


class ServiceLinks(PublicModel):
    """Where the service's parts answer."""

    guides: str = Field(description="The guides.", examples=["/v1/guides"])
    topics: str = Field(description="The topics, across guides.", examples=["/v1/topics"])
    instruments: str = Field(description="Treaties and agreements.", examples=["/v1/instruments"])
    events: str = Field(description="The timeline.", examples=["/v1/events"])
    terms: str = Field(description="The glossary.", examples=["/v1/terms"])
    sources: str = Field(description="The works cited.", examples=["/v1/sources"])
    docs: str = Field(description="Swagger UI, to read and try the API in a browser.", examples=["/docs"])
    openapi: str = Field(description="The OpenAPI 3.1 document.", examples=["/openapi.json"])
    health: str = Field(description="Whether the service can answer.", examples=["/health/ready"])


class ServiceTemplates(PublicModel):
    """Where the service looks up what a client fills in, as URI templates (RFC 6570)."""

    search: str = Field(description="Full-text search.", examples=["/v1/search?q={q}"])
    suggestions: str = Field(
        description="Completions of what is being typed into a search box.", examples=["/v1/suggestions?q={q}"]
    )
    quotation: str = Field(description="Whether a text stands in a guide.", examples=["/v1/quotations?text={text}"])


class Service(PublicModel):
    """What this service is and where to go from here."""

    name: str = Field(description="The name of the service.", examples=["Treaty guide"])
    version: str = Field(description="The version of the software.", examples=["0.1.0"])
    description: str = Field(
        description="What it does.",
        examples=["Guides to treaties as content that programs can use …"],
    )
    links: ServiceLinks
    templates: ServiceTemplates


class Health(PublicModel):
    """That the service is well; when it is not, a problem says why."""

    status: Literal["ok"] = Field("ok", description="Always `ok`.", examples=["ok"])


class InvalidParameter(PublicModel):
    """What is wrong with one parameter."""

    parameter: str = Field(description="The parameter's name.", examples=["limit"])
    message: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 100."])


class Problem(PublicModel):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="A page that explains this kind of problem.", examples=["/problems/not-found"])
    title: str = Field(description="The kind of problem, in words.", examples=["Not found"])
    status: Annotated[int, Field(ge=400, le=599)] = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What happened this time, and what to do.", examples=["There is no section “histroy” here."]
    )
    instance: str = Field(
        description="The path of the request, cut short if it is long.", examples=[f"{GUIDE_URL}/sections/histroy"]
    )
    errors: list[InvalidParameter] | None = Field(
        description="For invalid input, each parameter that is wrong; otherwise null.", examples=[None]
    )
    did_you_mean: list[str] | None = Field(
        description="For an unknown name, the nearest ones that exist; otherwise null.", examples=[["history"]]
    )
