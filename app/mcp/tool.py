"""The class of all tools."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from app.mcp.arguments import Arguments
from app.urls import URLs


@dataclass(frozen=True)
class Tool:
    """A tool that reads: `call` returns a result of the class `result`, or raises an error of `app.errors`."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    result: type[BaseModel]
    call: Callable[[Session, URLs, Any], BaseModel]
