"""Names of values in pages."""

from collections.abc import Mapping

from app.content.events import Category

CATEGORY_NAMES: Mapping[Category, str] = {
    "treaty": "Treaties",
    "agreement": "Agreements",
    "political": "Politics",
    "domestic": "Domestic affairs",
    "judicial": "Court judgments",
    "exercise": "Exercises",
    "culture": "Culture",
}
