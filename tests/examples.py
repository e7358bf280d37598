"""How many examples the property-based tests try."""

from hypothesis import settings


def examples(in_ci: int) -> int:
    """Return the number of examples: `in_ci` under the profile "ci", else the profile's own."""
    return in_ci if settings.get_current_profile_name() == "ci" else settings.get_profile("default").max_examples
