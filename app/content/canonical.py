"""Read the canonical content of a guide, as the ledger has it."""

from collections.abc import Mapping
from typing import Never

from app.content.anchors import locate_corrections
from app.content.guide import Guide


def from_canonical(content: bytes, topic_positions: Mapping[str, int]) -> Guide:
    """Return the guide with this canonical content, and compute the corrected edition and the places again.

    `topic_positions` are the indexes of its topics in topics.yaml, by slug. Raises `ValueError` for other content.
    """
    guide = Guide.model_validate_json(content)
    corrections, sections = locate_corrections(guide.corrections, guide.sections, _raise)
    topics = (topic.model_copy(update={"position": topic_positions[topic.slug]}) for topic in guide.topics)
    return guide.model_copy(update={"corrections": corrections, "sections": tuple(sections), "topics": tuple(topics)})


def _raise(message: str, *location: str | int) -> Never:
    raise ValueError(message)
