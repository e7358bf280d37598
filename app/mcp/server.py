"""The server: what clients may call, and how errors reach them. This module imports the library."""

from collections.abc import Callable
from typing import Any, TypeVar

import mcp_types as types
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from app import __version__
from app.errors import InvalidInput, NotFound, TreatyGuideError, shorten
from app.mcp import contents, facts, fetch, prompts, quotations, resources, search
from app.mcp.arguments import explain
from app.mcp.results import to_json
from app.mcp.tool import Tool
from app.store.engines import ReadingSessions, was_interrupted
from app.urls import URLs

T = TypeVar("T")

TOOLS = {tool.name: tool for tool in (search.TOOL, fetch.TOOL, quotations.TOOL, contents.TOOL, facts.TOOL)}

INSTRUCTIONS = """\
Guides to treaties, addressed down to the passage. Search, then fetch what you need, and cite its URL. The guides can be
wrong: corrections say where, why and by which sources. Before you print a quotation, pass it to verify_quotations."""

# What clients may keep for how long, in milliseconds: descriptions change with a release, content with a publication.
_RELEASE, _PUBLICATION = CacheHint(3_600_000, "public"), CacheHint(60_000, "public")
CACHE_HINTS: dict[CacheableMethod, CacheHint] = {
    "server/discover": _RELEASE,
    "tools/list": _RELEASE,
    "prompts/list": _RELEASE,
    "resources/templates/list": _RELEASE,
    "resources/list": _PUBLICATION,
    "resources/read": _PUBLICATION,
}


def describe(tool: Tool) -> types.Tool:
    """Return the description of a tool that clients get."""
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=_without_titles(tool.arguments.model_json_schema()),
        output_schema=_without_titles(tool.result.model_json_schema(mode="serialization")),
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _without_titles(schema: Any) -> Any:
    """Return a JSON schema without the titles that pydantic makes from names."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _without_titles(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str))
    }


DESCRIPTIONS = [describe(tool) for tool in TOOLS.values()]


def call_tool(session: Session, urls: URLs, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    """Call a tool; its result has the same content as text and as structure."""
    tool = TOOLS[name]
    try:
        parsed = tool.arguments.model_validate(arguments)
    except ValidationError as error:
        raise InvalidInput.of(*explain(error, tool.arguments)) from error
    result = tool.call(session, urls, parsed).model_dump(mode="json")
    return types.CallToolResult(content=[types.TextContent(text=to_json(result))], structured_content=result)


class Handlers:
    """The handlers of one request."""

    def __init__(self, sessions: ReadingSessions, urls: URLs) -> None:
        self.sessions = sessions
        self.urls = urls
        self.fault: Exception | None = None

    def server(self) -> Server[Any]:
        """Return a server with these handlers."""
        return Server(
            "treaty-guide",
            version=__version__,
            title="Treaty guide",
            instructions=INSTRUCTIONS,
            website_url=self.urls.at("/"),
            cache_hints=CACHE_HINTS,
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_list_resource_templates=self._list_templates,
            on_read_resource=self._read_resource,
            on_list_prompts=self._list_prompts,
            on_get_prompt=self._get_prompt,
        )

    async def _list_tools(self, context: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=DESCRIPTIONS)

    async def _call_tool(self, context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in TOOLS:
            raise _invalid(f"There is no tool “{shorten(params.name)}”. There are: {', '.join(TOOLS)}.")
        try:
            return self._read(lambda session: call_tool(session, self.urls, params.name, params.arguments or {}))
        except TreatyGuideError as error:
            return types.CallToolResult(content=[types.TextContent(text=_advice(error))], is_error=True)

    async def _list_resources(self, context: Any, params: Any) -> types.ListResourcesResult:
        cursor = params.cursor if params else None
        return self._read_or_raise(lambda session: resources.list_resources(session, self.urls, cursor))

    async def _list_templates(self, context: Any, params: Any) -> types.ListResourceTemplatesResult:
        return resources.templates(self.urls)

    async def _read_resource(self, context: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return self._read_or_raise(lambda session: resources.read_resource(session, self.urls, params.uri))

    async def _list_prompts(self, context: Any, params: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[prompts.CHECK_TEXT])

    async def _get_prompt(self, context: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        arguments = params.arguments or {}
        if params.name != prompts.CHECK_TEXT.name:
            raise _invalid(f"There is no prompt “{shorten(params.name)}”. There is: {prompts.CHECK_TEXT.name}.")
        if not arguments.get("text", "").strip():
            raise _invalid("text: This argument is needed: the text to check.")
        return prompts.check_text(arguments["text"], arguments.get("guide"))

    def _read_or_raise(self, read: Callable[[Session], T]) -> T:
        try:
            return self._read(read)
        except TreatyGuideError as error:
            raise _invalid(_advice(error)) from error

    def _read(self, read: Callable[[Session], T]) -> T:
        """Read the store, and note a fault so that the request fails with it."""
        try:
            with self.sessions.open() as session:
                return read(session)
        except TreatyGuideError:
            raise
        except DatabaseError as error:
            if was_interrupted(error):
                raise InvalidInput("This takes too long; narrow it with longer words or filters.") from error
            self.fault = error
            raise
        except Exception as error:
            self.fault = error
            raise


def _advice(error: TreatyGuideError) -> str:
    similar = error.did_you_mean if isinstance(error, NotFound | InvalidInput) else ()
    return f"{error} Did you mean: {', '.join(similar)}?" if similar else str(error)


def _invalid(message: str) -> MCPError:
    return MCPError(code=types.INVALID_PARAMS, message=message)
