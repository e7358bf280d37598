"""Reading guide.md: every construct, and the messages about mistakes."""

from pathlib import Path

import pytest
import yaml

from app.content import read_guides
from app.errors import ContentError
from tests.service import SAMPLE, SEEDS


def reported(seeds: Path) -> list[str]:
    """Return the issues as `file:line: message`, with paths relative to the seeds."""
    with pytest.raises(ContentError) as caught:
        read_guides(seeds)
    return [str(issue).removeprefix(f"{seeds}/") for issue in caught.value.issues]


def test_the_shipped_guide_has_the_sections_of_the_document_in_order() -> None:
    (guide,) = read_guides(SEEDS)
    assert [(section.number, section.slug) for section in guide.sections] == [
        (None, "introduction"),
        ("1", "history"),
        ("2", "significance"),
        ("3", "key-provisions"),
        ("4", "evolution-of-military-cooperation"),
        ("4.1", "joint-training-exercises"),
        ("4.2", "technology-sharing-and-defense-modernization"),
        ("5", "challenges-and-criticisms"),
        ("5.1", "domestic-opposition"),
        ("5.2", "external-pressures-and-negotiations"),
        ("6", "future-prospects"),
        ("7", "economic-and-trade-dimensions"),
        ("7.1", "interconnected-interests"),
        ("7.2", "trade-implications"),
        ("8", "geopolitical-role"),
        ("9", "cultural-and-social-impacts"),
        ("10", "longevity-and-efficacy"),
        (None, "conclusion"),
    ]
    assert [s.slug for s in guide.sections if s.title_supplied] == ["introduction", "conclusion"]


def test_the_sample_shows_every_construct() -> None:
    _, guide = read_guides(SAMPLE)
    opening, signing, ratification, deposit, entry, tariffs, fish = guide.sections
    assert opening.passages[0].text == "Nowhere is a quiet country that fills two lines."
    assert opening.see_also[0].guide == "nowhere-and-the-sea"
    assert opening.see_also[0].after == 0
    assert [passage.kind for passage in signing.passages] == ["paragraph", "list_item", "list_item", "paragraph"]
    assert signing.passages[0].text.endswith("& nobody <script>alert(1)</script> minded.")
    assert signing.passages[2].text == "The second delegate brought 2 * 3 sheets of paper."
    assert (signing.see_also[0].title, signing.see_also[0].guide, signing.see_also[0].after) == (
        "A Guide to Pens",
        None,
        3,
    )
    assert ratification.passages[0].text == "Ratification took 1. a day and 2. a night."
    assert (deposit.parent, deposit.number, deposit.level) == ("ratification", "1.1.1", 3)
    assert deposit.passages[0].text.endswith("[A link](javascript:alert(1)) stays text.")
    assert (entry.parent, entry.number) == ("signing", "1.2")
    assert (tariffs.passages, fish.parent) == ((), "tariffs")
    assert [topic.slug for topic in guide.topics] == ["origins", "trade"]


def test_the_folder_of_one_guide_can_be_read() -> None:
    (guide,) = read_guides(SAMPLE / "nowhere-and-the-sea")
    assert guide.title == "Nowhere and the Sea"


def test_the_digest_depends_on_words_and_not_on_lines(seeds: Path) -> None:
    (before,) = read_guides(seeds / "nowhere-and-the-sea")
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("## Harbours", "\n\n## Harbours"))
    (moved,) = read_guides(seeds / "nowhere-and-the-sea")
    path.write_text(path.read_text().replace("no harbour", "one harbour"))
    (reworded,) = read_guides(seeds / "nowhere-and-the-sea")
    assert moved.digest == before.digest != reworded.digest


@pytest.mark.parametrize(
    ("old", "new", "line", "advice"),
    [
        ("{#tariffs}", "{#signing}", 45, "The slug “signing” is used twice, first on line 21; choose another one."),
        ("{#tariffs}", "{#Tariffs!}", 45, "“Tariffs!” is not a slug; use lower-case letters"),
        ("{#tariffs}", "{#none}", 45, "The slug “none” is reserved; choose another one."),
        ("## Tariffs {#tariffs}", "## Tariffs", 45, "has no slug; end it with one, such as “{#its-slug}”."),
        ("## The Signing {#signing}", "## {#signing}", 21, "The section “signing” has no title"),
        ("## The Signing {#signing}", "# The Signing {#signing}", 21, "begin sections with “##”"),
        ("### Fish", "#### Fish", 47, "skips a level; write it with at most 3 “#”."),
        ("Fish pay nothing.", "", 47, "The section “Fish” has no text; write it, or remove the section."),
        ("[origins, trade]", "[origins, trades]", 9, "There is no topic “trades”; did you mean “trade”?"),
        ("[origins, trade]", "[origins, zzz]", 9, "There is no topic “zzz”; add it to topics.yaml."),
        ("[origins, trade]", "[trade, trade]", 9, "The topic “trade” is listed twice; remove one."),
        ("  tariffs: [trade]", "  tarifs: [trade]", 11, "There is no section “tarifs”"),
        ("summary:", "sumary:", 5, "“sumary” is not a known key; did you mean “summary”?"),
        ("language: en", "colour: red\nlanguage: en", 4, "“colour” is not a known key; remove it."),
        ("language: en", "language: en\nlanguage: fr", 5, "The key “language” is used twice; remove one."),
        ("language: en", "language: 3", 4, "“language” must be text; put it in quotation marks."),
        ("slug: treaty-of-nowhere", "slug: Treaty", 2, "“Treaty” is not a slug"),
        (
            "slug: treaty-of-nowhere",
            "slug: elsewhere",
            2,
            "The slug “elsewhere” differs from the folder “treaty-of-nowhere”",
        ),
        ("title: A Guide", "title: [A Guide", 4, "This is not valid YAML"),
        ("Fish pay nothing.", "1. Fish pay nothing.", 49, "a numbered list"),
        ("Fish pay nothing.", "Fish pay.\n\n```\ncode\n```", 51, "a code block"),
        ("Fish pay nothing.", "> Fish pay nothing.\n\nFish.", 49, "a quotation"),
        ("Fish pay nothing.", "See [them](https://example.org/fish).", 49, "cannot contain this link"),
        ("Fish pay nothing.", "- Fish\n\n  pay nothing.", 49, "A list item must be one paragraph"),
        (
            "](nowhere-and-the-sea)",
            "](nowhere-at-all)",
            16,
            "There is no guide “nowhere-at-all”; link to an existing guide",
        ),
        ("## Opening {#opening .supplied}\n", "", 15, "There is text before the first heading"),
    ],
)
def test_a_mistake_is_reported_with_file_line_and_advice(
    seeds: Path, old: str, new: str, line: int, advice: str
) -> None:
    (seeds / "treaty-of-nowhere/source.txt").unlink()
    path = seeds / "treaty-of-nowhere/guide.md"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    start = f"treaty-of-nowhere/guide.md:{line}: "
    assert any(message.startswith(start) and advice in message for message in reported(seeds)), reported(seeds)


def test_missing_front_matter_and_a_missing_key_are_reported(seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    text = path.read_text()
    path.write_text(text.replace("language: en\n", ""))
    assert reported(seeds) == ["nowhere-and-the-sea/guide.md:2: “language” is missing; add it."]
    path.write_text(text.split("---\n")[2])
    assert "front matter is missing" in reported(seeds)[0]


def test_a_guide_without_sections_is_reported(seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    front = path.read_text().split("---\n")[1].partition("topics:")[0]
    path.write_text(f"---\n{front}---\n")
    assert "The guide has no section" in reported(seeds)[0]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(seeds: Path) -> None:
    (before,) = read_guides(seeds / "nowhere-and-the-sea")
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (after,) = read_guides(seeds / "nowhere-and-the-sea")
    assert after.digest == before.digest


def test_a_repeated_topic_is_reported(seeds: Path) -> None:
    path = seeds / "topics.yaml"
    path.write_text(path.read_text().replace("slug: unused", "slug: trade"))
    assert reported(seeds) == ["topics.yaml:7: The slug “trade” is used twice; choose another one."]


def test_bytes_that_are_not_utf8_are_reported_with_their_line(seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_bytes(path.read_bytes() + b"\n\nCaf\xe9\n")
    assert reported(seeds) == ["nowhere-and-the-sea/guide.md:15: The byte 0xe9 is not UTF-8; save the file as UTF-8."]


def test_the_first_difference_from_the_source_document_is_reported(seeds: Path) -> None:
    path = seeds / "treaty-of-nowhere/guide.md"
    path.write_text(path.read_text().replace("brought the pen", "forgot the pen"))
    (message,) = reported(seeds)
    assert message == (
        "treaty-of-nowhere/guide.md:25: This differs from line 12 of source.txt: write"
        " “brought the pen.” instead of “forgot the pen.”."
    )


def test_a_guide_or_source_document_that_ends_early_is_reported(seeds: Path) -> None:
    guide, source = seeds / "treaty-of-nowhere/guide.md", seeds / "treaty-of-nowhere/source.txt"
    text = guide.read_text()
    guide.write_text(text + "\nOne more.\n")
    assert reported(seeds) == [
        "treaty-of-nowhere/guide.md:51: source.txt ends before “One more.”; remove it here, or complete that file."
    ]
    guide.write_text(text)
    source.write_text(source.read_text() + "\nOne more.\n")
    assert reported(seeds) == [
        "treaty-of-nowhere/source.txt:38: guide.md ends before “One more.”; add the rest, or remove it here."
    ]


def test_all_mistakes_are_reported_at_once_in_order(seeds: Path) -> None:
    for name in ("nowhere-and-the-sea", "treaty-of-nowhere"):
        path = seeds / name / "guide.md"
        path.write_text(path.read_text().replace("language: en", "language: en\ncolour: red"))
    assert [message.partition(":")[0] for message in reported(seeds)] == [
        "nowhere-and-the-sea/guide.md",
        "treaty-of-nowhere/guide.md",
    ]


def test_a_folder_without_guides_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="There is no guide here"):
        read_guides(tmp_path)


@pytest.mark.parametrize("text", ["", "- 1", "{", "&a [*a]", "2023-02-30", "? [a]\n: b", "\x00", "- slug: {a: b}"])
def test_any_odd_yaml_is_reported(seeds: Path, text: str) -> None:
    (seeds / "topics.yaml").write_text(text)
    assert reported(seeds)[0].startswith("topics.yaml:")


def test_the_shared_topics_are_in_the_shipped_seeds() -> None:
    assert len(yaml.safe_load((SEEDS / "topics.yaml").read_text())) == 11


def test_a_line_break_between_two_ideographs_is_no_space(seeds: Path) -> None:
    for name in ("guide.md", "source.txt"):
        path = seeds / "treaty-of-nowhere" / name
        path.write_text(path.read_text(encoding="utf-8") + "\n日米安全\n保障条約は、\nthe treaty.\n", encoding="utf-8")
    _, guide = read_guides(seeds)
    assert guide.sections[-1].passages[-1].text == "日米安全保障条約は、 the treaty."
