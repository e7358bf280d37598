"""From a folder of seed files to checked guides, or to the list of everything that must be put right first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz import process

from app.content.corrections import CORRECTIONS_FILE, read_corrections
from app.content.fact_files import ARTICLES_FILE, EVENTS_FILE, INSTRUMENTS_FILE, SOURCES_FILE, TERMS_FILE, read_facts
from app.content.facts import Fact, Source
from app.content.guide import Guide, Section, Topic, TopicEntry
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.markdown import read_guide_text
from app.content.seed_files import BYTE_ORDER_MARK, read_entries, read_text
from app.content.source import compare_with_source

GUIDE_FILE = "guide.md"
TOPICS_FILE = "topics.yaml"
FACT_FILES = (CORRECTIONS_FILE, INSTRUMENTS_FILE, ARTICLES_FILE, EVENTS_FILE, TERMS_FILE, SOURCES_FILE)


def read_guides(path: Path, on_guide: Callable[[Path], None] = lambda folder: None) -> list[Guide]:
    """The guides under `path`: a folder of guides with its topics.yaml, or the folder of one guide inside it.

    Raises `ContentError` with every fault found, in all the files, if there is any.
    """
    issues = ValidationIssues()
    is_one_guide = (path / GUIDE_FILE).exists()
    seeds = path.resolve().parent if is_one_guide else path
    folders = [path] if is_one_guide else sorted(_guide_folders(path))
    if not folders:
        issues.add(path, 1, f"There is no guide here; a guide is a folder with a {GUIDE_FILE} in it.")
        issues.raise_if_any()
    topics = _topics(seeds / TOPICS_FILE, issues)
    held = {folder.name for folder in _guide_folders(seeds)}
    guides: dict[Path, Guide] = {}
    for folder in folders:
        on_guide(folder)
        if guide := _guide(folder, topics, held, issues):
            guides[folder] = guide
    _refuse_taken_names(guides, issues)
    issues.raise_if_any()
    return list(guides.values())


def _guide_folders(path: Path) -> Iterator[Path]:
    return (file.parent for file in path.glob(f"*/{GUIDE_FILE}"))


def _topics(path: Path, issues: ValidationIssues) -> dict[str, Topic] | None:
    """The shared topics by slug, in their order; None where the file cannot be read."""
    if (read := read_entries(path, TopicEntry, issues)) is None:
        return None
    file, topics = read
    file.refuse_repeated(topic.slug for topic in topics)
    return {entry.slug: Topic(**dict(entry), position=position) for position, entry in enumerate(topics)}


def _guide(folder: Path, topics: dict[str, Topic] | None, held: set[str], issues: ValidationIssues) -> Guide | None:
    text = read_text(folder / GUIDE_FILE, issues)
    if text is None:
        return None
    front, matter, sections = read_guide_text(text.removeprefix(BYTE_ORDER_MARK), folder / GUIDE_FILE, issues)
    if matter is None:
        return None
    if matter.slug != folder.resolve().name:
        front.report(f"The slug is “{matter.slug}” but the folder is “{folder.resolve().name}”; make them one.", "slug")
    if not sections:
        front.report("The guide has no section; write one below the front matter, such as “## Title {#its-slug}”.")
    for section, slugs in matter.topics.items():
        front.refuse_names("topic", slugs, topics, "topics", section, kept_in=TOPICS_FILE)
    _check_references(front, sections, held, issues)
    source_file = folder / "source.txt"
    source = read_text(source_file, issues) if source_file.exists() else None
    if source is not None:
        compare_with_source(
            matter.title, sections, source.removeprefix(BYTE_ORDER_MARK), folder / GUIDE_FILE, source_file, issues
        )
    _refuse_unknown_files(folder, issues)
    facts = read_facts(folder, [section.slug for section in sections], issues)
    corrections, sections = read_corrections(folder, sections, facts.source_names, issues)
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


def _refuse_unknown_files(folder: Path, issues: ValidationIssues) -> None:
    """Note each YAML file that nothing reads: under a name with a slip, all that it says would be lost."""
    for file in folder.iterdir():
        if file.suffix.lower() in {".yaml", ".yml"} and file.name not in FACT_FILES:
            near, *_ = process.extractOne(file.name, FACT_FILES)
            issues.add(file, 1, f"Nothing reads this file; did you mean to call it “{near}”?")


def _refuse_taken_names(guides: Mapping[Path, Guide], issues: ValidationIssues) -> None:
    """Note each fact that has the slug of another guide's: both would answer at one address."""
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
                    file.report(f"The guide “{other}” has “{fact.slug}” too; give one another slug.", index, "slug")


def _check_references(front: LocatedYAML, sections: list[Section], held: set[str], issues: ValidationIssues) -> None:
    for section in sections:
        for reference in section.see_also:
            if reference.guide is not None and reference.guide not in held:
                issues.add(
                    front.path,
                    reference.line,
                    f"There is no guide “{reference.guide}” here; link to one that is held, or give only the title.",
                )
