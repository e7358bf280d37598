"""Read a folder of seed files into checked guides, or report every issue in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rapidfuzz import process

from app.content.anchors import CORRECTIONS_FILE, read_corrections
from app.content.comparison import compare_with_source
from app.content.facts import ARTICLES_FILE, EVENTS_FILE, INSTRUMENTS_FILE, SOURCES_FILE, TERMS_FILE, read_facts
from app.content.fields import Fact
from app.content.guide import Guide, Section, Topic, TopicEntry
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.markdown import read_guide_text
from app.content.seed_files import BYTE_ORDER_MARK, read_entries, read_text
from app.content.sources import Source
from app.errors import Issue

GUIDE_FILE = "guide.md"
TOPICS_FILE = "topics.yaml"
FACT_FILES = (CORRECTIONS_FILE, INSTRUMENTS_FILE, ARTICLES_FILE, EVENTS_FILE, TERMS_FILE, SOURCES_FILE)


def read_guides(
    path: Path,
    on_guide: Callable[[Path], None] = lambda folder: None,
    on_warning: Callable[[Issue], None] = lambda warning: None,
    today: date | None = None,
) -> list[Guide]:
    """Read a folder of guides with its topics.yaml, or one guide's folder inside it.

    Raises `ContentError` with all issues in all files if one of them is an error. `on_guide` is called with each folder
    before it is read, `on_warning` with each warning. `today` is compared with the dates of events and reviews.
    """
    issues = ValidationIssues()
    is_one_guide = (path / GUIDE_FILE).exists()
    seeds = path.resolve().parent if is_one_guide else path
    folders = [path] if is_one_guide else sorted(_guide_folders(path))
    if not folders:
        issues.add(
            path, 1, f"There is no guide here; name a folder that contains {GUIDE_FILE}, or the folder above it."
        )
        issues.raise_if_errors()
    topics = _read_topics(seeds / TOPICS_FILE, issues)
    existing = {folder.name for folder in _guide_folders(seeds)}
    guides: dict[Path, Guide] = {}
    for folder in folders:
        on_guide(folder)
        if guide := _read_guide(folder, topics, existing, issues, today or date.today()):
            guides[folder] = guide
    _check_shared_slugs(guides, issues)
    issues.raise_if_errors()
    for warning in issues.warnings:
        on_warning(warning)
    return list(guides.values())


def _guide_folders(path: Path) -> Iterator[Path]:
    return (file.parent for file in path.glob(f"*/{GUIDE_FILE}"))


def _read_topics(path: Path, issues: ValidationIssues) -> dict[str, Topic] | None:
    """Return the shared topics by slug, in order, or None if the file is unreadable."""
    if (read := read_entries(path, TopicEntry, issues)) is None:
        return None
    file, topics = read
    file.check_unique(topic.slug for topic in topics)
    return {entry.slug: Topic(**dict(entry), position=position) for position, entry in enumerate(topics)}


def _read_guide(
    folder: Path, topics: dict[str, Topic] | None, existing: set[str], issues: ValidationIssues, today: date
) -> Guide | None:
    text = read_text(folder / GUIDE_FILE, issues)
    if text is None:
        return None
    front, matter, sections = read_guide_text(text.removeprefix(BYTE_ORDER_MARK), folder / GUIDE_FILE, issues)
    if matter is None:
        return None
    if matter.slug != folder.resolve().name:
        name = folder.resolve().name
        front.add_issue(f"The slug “{matter.slug}” differs from the folder “{name}”; rename one of them.", "slug")
    if not sections:
        front.add_issue("The guide has no section; write one below the front matter, such as “## Title {#its-slug}”.")
    for section, slugs in matter.topics.items():
        front.check_references("topic", slugs, topics, "topics", section, defined_in=TOPICS_FILE)
    _check_see_also(front, sections, existing, issues)
    source_file = folder / "source.txt"
    source = read_text(source_file, issues) if source_file.exists() else None
    if source is not None:
        compare_with_source(
            matter.title, sections, source.removeprefix(BYTE_ORDER_MARK), folder / GUIDE_FILE, source_file, issues
        )
    _check_file_names(folder, issues)
    facts = read_facts(folder, [section.slug for section in sections], issues, today)
    corrections, sections = read_corrections(folder, sections, facts.source_slugs, issues)
    used = {topic for section in sections for topic in section.topics}
    return Guide.model_construct(
        slug=matter.slug,
        title=matter.title,
        language=matter.language,
        summary=matter.summary,
        licence=matter.licence,
        source=source,
        topics=tuple(topic for slug, topic in (topics or {}).items() if slug in used),
        sections=tuple(sections),
        corrections=corrections,
        instruments=facts.instruments,
        events=facts.events,
        terms=facts.terms,
        sources=facts.sources,
    )


def _check_file_names(folder: Path, issues: ValidationIssues) -> None:
    """Add an issue for each YAML file with an unknown name, because its content would be ignored."""
    for file in folder.iterdir():
        if file.suffix.lower() in {".yaml", ".yml"} and file.name not in FACT_FILES:
            near, *_ = process.extractOne(file.name, FACT_FILES)
            issues.add(file, 1, f"A file of this name is ignored; did you mean “{near}”?")


def _check_shared_slugs(guides: Mapping[Path, Guide], issues: ValidationIssues) -> None:
    """Add an issue for each slug that two guides use, because both facts would have the same URL."""
    taken: dict[tuple[str, str], str] = {}
    for folder, guide in guides.items():
        files: dict[str, Sequence[Fact | Source]] = {
            SOURCES_FILE: guide.sources,
            INSTRUMENTS_FILE: guide.instruments,
            EVENTS_FILE: guide.events,
            TERMS_FILE: guide.terms,
        }
        for name, facts in files.items():
            for index, fact in enumerate(facts):
                other = taken.setdefault((name, fact.slug), guide.slug)
                if other != guide.slug:
                    file = LocatedYAML(read_text(folder / name, issues) or "", folder / name, issues)
                    message = f"The guide “{other}” also uses the slug “{fact.slug}”; choose another one."
                    file.add_issue(message, index, "slug")


def _check_see_also(front: LocatedYAML, sections: list[Section], existing: set[str], issues: ValidationIssues) -> None:
    for section in sections:
        for reference in section.see_also:
            if reference.guide is not None and reference.guide not in existing:
                issues.add(
                    front.path,
                    reference.line,
                    f"There is no guide “{reference.guide}”; link to an existing guide, or write only the title.",
                )
