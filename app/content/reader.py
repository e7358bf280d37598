"""Read a folder of seed files into checked guides, or report every issue in them."""

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from rapidfuzz import process

from app.content.accepted_warnings import ACCEPTED_WARNINGS_FILE
from app.content.anchors import read_corrections
from app.content.comparison import compare_with_source
from app.content.facts import read_facts
from app.content.guide import Facts, Guide, Topic, TopicEntry
from app.content.issues import ValidationIssues
from app.content.markdown import read_guide_text
from app.content.seed_files import BYTE_ORDER_MARK, Entries, read_entries, read_text
from app.content.sources import Source

GUIDE_FILE = "guide.md"
SOURCE_FILE = "source.txt"
TOPICS_FILE = "topics.yaml"
YAML_FILES = (
    ACCEPTED_WARNINGS_FILE,
    "corrections.yaml",
    "articles.yaml",
    *(f"{kind}.yaml" for kind in Facts.model_fields),
)
GUIDE_FILES = (GUIDE_FILE, SOURCE_FILE, *YAML_FILES)


def read_guides(path: Path, issues: ValidationIssues | None = None, today: date | None = None) -> list[Guide]:
    """Read a folder of guides with its topics.yaml, or one guide's folder inside it.

    Raises `ContentError` with all issues in all files if one of them is an error. Otherwise, `issues` has the warnings.
    `today` is compared with the dates of events and reviews.
    """
    issues = issues or ValidationIssues()
    is_one_guide = is_guide_folder(path)
    seeds = path.resolve().parent if is_one_guide else path
    existing = {folder.name for folder in _guide_folders(seeds, ValidationIssues() if is_one_guide else issues)}
    folders = [path] if is_one_guide else [path / name for name in sorted(existing)]
    if not folders:
        _check_guide_names(path, issues)
        message = f"There is no guide here; name a folder that contains {GUIDE_FILE}, or the folder above it."
        issues.add(path, 1, message)
        issues.raise_if_errors()
    topics = read_entries(seeds / TOPICS_FILE, TopicEntry, issues, optional=False)
    guides: dict[Path, Guide] = {}
    for folder in folders:
        if guide := _read_guide(folder, topics, existing, issues, today or date.today()):
            guides[folder] = guide
    _check_shared_slugs(guides, issues)
    issues.raise_if_errors()
    return list(guides.values())


def is_guide_folder(path: Path) -> bool:
    """Return whether a folder is that of one guide, rather than one that contains such folders."""
    return path.is_dir() and any(entry.name == GUIDE_FILE for entry in path.iterdir())  # Guide.md is another file


def _guide_folders(path: Path, issues: ValidationIssues) -> Iterator[Path]:
    """Yield the folders of guides; add an issue for each folder and file that would be ignored."""
    for entry in path.iterdir() if path.is_dir() else ():
        if entry.is_symlink():
            issues.add(entry, 1, "This is a symbolic link; put the file or folder itself here.")
        elif entry.is_dir() and not entry.name.startswith("."):
            if is_guide_folder(entry):
                yield entry
            elif not _check_guide_names(entry, issues):
                issues.add(entry, 1, f"This folder has no {GUIDE_FILE}; add it, or remove the folder.")
        elif entry.name in GUIDE_FILES:
            issues.add(entry, 1, "This file is ignored here; move it to the folder of its guide.")
        else:
            _check_file_name(entry, (TOPICS_FILE,), issues)


def _check_guide_names(folder: Path, issues: ValidationIssues) -> bool:
    """Add an issue for each file that may be a guide with another name; return whether there is one."""
    files = [file for file in folder.iterdir() if file.name.lower().startswith("guide.")] if folder.is_dir() else []
    for file in files:
        issues.add(file, 1, f"A file of this name is ignored; rename it to {GUIDE_FILE}.")
    return bool(files)


def _read_guide(
    folder: Path, topics: Entries[TopicEntry], existing: Collection[str], issues: ValidationIssues, today: date
) -> Guide | None:
    text = read_text(folder / GUIDE_FILE, issues)
    if text is None:
        return None
    front, matter, sections = read_guide_text(text.removeprefix(BYTE_ORDER_MARK), folder / GUIDE_FILE, issues)
    if matter is None:
        return None
    name = folder.resolve().name
    if matter.slug != name:
        front.add_issue(f"The slug “{matter.slug}” differs from the folder “{name}”; rename one of them.", "slug")
    for number, slug in enumerate(matter.formerly):
        if slug in existing:
            message = f"The guide “{slug}” is still here; remove its folder, or this entry."
            front.add_issue(message, "formerly", number)
    if not sections:
        front.add_issue("The guide has no section; write one below the front matter, such as “## Title {#its-slug}”.")
    section_slugs = {section.slug for section in sections}
    for slug, topic_slugs in matter.topics.items():
        front.check_reference("section", slug, section_slugs, "topics", slug)
        front.check_references("topic", topic_slugs, topics.slugs, "topics", slug)
    for reference in (reference for section in sections for reference in section.see_also):
        if reference.guide is not None and reference.guide not in existing:
            message = f"There is no guide “{reference.guide}”; link to an existing guide, or write only the title."
            front.add_issue_at(reference.line, message)
    source_file = folder / SOURCE_FILE
    source = read_text(source_file, issues) if os.path.lexists(source_file) else None
    if source is not None:
        words = source.removeprefix(BYTE_ORDER_MARK)
        compare_with_source(matter.title, sections, words, front.path, source_file, issues)
    _check_file_names(folder, issues)
    sources = read_entries(folder / "sources.yaml", Source, issues)
    facts = read_facts(folder, sources, section_slugs, issues, today)
    corrections, sections = read_corrections(folder / "corrections.yaml", sections, sources.slugs, issues)
    used = {topic for section in sections for topic in section.topics}
    return Guide.model_construct(
        **matter.model_dump(exclude={"topics"}),
        **dict(facts),
        source=source,
        topics=tuple(
            Topic(**dict(topic), position=position)
            for position, topic in enumerate(topics.entries)
            if topic.slug in used
        ),
        sections=tuple(sections),
        corrections=corrections,
    )


def _check_file_names(folder: Path, issues: ValidationIssues) -> None:
    """Add an issue for each file and folder in a guide's folder whose content would be ignored."""
    for entry in folder.iterdir():
        if entry.is_dir() and any(file.name in GUIDE_FILES for file in entry.iterdir()):
            issues.add(entry, 1, "This folder is ignored here; move it next to the folder of this guide.")
        else:
            _check_file_name(entry, GUIDE_FILES, issues)


def _check_file_name(file: Path, names: Collection[str], issues: ValidationIssues) -> None:
    """Add an issue for a file whose name only looks like one that is read."""
    is_yaml = file.suffix.lower() in {".yaml", ".yml"}
    if file.name not in names and (is_yaml or file.name.lower() in names):
        near, *_ = process.extractOne(file.name.lower(), names)
        issues.add(file, 1, f"A file of this name is ignored; did you mean “{near}”?")


def _check_shared_slugs(guides: Mapping[Path, Guide], issues: ValidationIssues) -> None:
    """Add an issue for each slug that two guides use: both facts would have the same URL."""
    taken: dict[tuple[str, str], str] = {}
    for folder, guide in guides.items():
        for kind in Facts.model_fields:
            for index, fact in enumerate(getattr(guide, kind)):
                other = taken.setdefault((kind, fact.slug), guide.slug)
                if other != guide.slug:
                    file = read_entries(folder / f"{kind}.yaml", type(fact), issues).file
                    message = f"The guide “{other}” also uses the slug “{fact.slug}”; choose another one."
                    file.add_issue(message, index, "slug")
