"""The service document, health and problems."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.shapes import GUIDE_URL, PublicModel


class ServiceLinks(PublicModel):
    """URLs of the service's parts."""

    guides: str = Field(description="The guides.", examples=["/v1/guides"])
    topics: str = Field(description="The topics, across guides.", examples=["/v1/topics"])
    instruments: str = Field(description="Treaties and agreements.", examples=["/v1/instruments"])
    events: str = Field(description="The timeline.", examples=["/v1/events"])
    terms: str = Field(description="The glossary.", examples=["/v1/terms"])
    sources: str = Field(description="The works cited.", examples=["/v1/sources"])
    docs: str = Field(description="Swagger UI, to read and try the API in a browser.", examples=["/docs"])
    openapi: str = Field(description="The OpenAPI 3.1 document.", examples=["/openapi.json"])
    health: str = Field(description="The readiness check.", examples=["/health/ready"])


class ServiceTemplates(PublicModel):
    """URLs with variables to fill in, as URI templates (RFC 6570)."""

    search: str = Field(description="Full-text search.", examples=["/v1/search?q={q}"])
    suggestions: str = Field(description="Completions for a search box.", examples=["/v1/suggestions?q={q}"])
    quotation: str = Field(description="Quotation check.", examples=["/v1/quotations?text={text}"])


class Service(PublicModel):
    """The service document: name, version and links."""

    name: str = Field(description="The name of the service.", examples=["Treaty guide"])
    version: str = Field(description="The version of the software.", examples=["0.1.0"])
    description: str = Field(
        description="What the service offers.",
        examples=["Guides to treaties as content that programs can use …"],
    )
    links: ServiceLinks
    templates: ServiceTemplates


class Health(PublicModel):
    """The result of a successful health check; a failed one is a problem."""

    status: Literal["ok"] = Field("ok", description="Always `ok`.", examples=["ok"])


class InvalidParameter(PublicModel):
    """An invalid parameter."""

    parameter: str = Field(description="Name of the parameter.", examples=["limit"])
    message: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 100."])


class Problem(PublicModel):
    """An error response (RFC 9457)."""

    type: str = Field(description="URL of a page that explains this type of problem.", examples=["/problems/not-found"])
    title: str = Field(description="Name of the problem type.", examples=["Not found"])
    status: Annotated[int, Field(ge=400, le=599)] = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What happened and what to do.", examples=["There is no section “histroy” here."])
    instance: str = Field(
        description="Path of the request; long ones are shortened.", examples=[f"{GUIDE_URL}/sections/histroy"]
    )
    errors: list[InvalidParameter] | None = Field(
        description="The invalid parameters; null for other problems.", examples=[None]
    )
    did_you_mean: list[str] | None = Field(
        description="The closest existing names, if a name is unknown; otherwise null.", examples=[["history"]]
    )
