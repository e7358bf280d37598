"""What a reader asks is answered first, and an exact phrase is better than its words."""

from pathlib import Path

import httpx
import pytest
import yaml

from tests.routers.searches import search
from tests.service import seed, serving

# Written, with the expected first results, by someone who knew the seed files and neither the code nor any result.
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8"))
MIN_MEAN_RECIPROCAL_RANK = 0.85


def reciprocal_rank(client: httpx.Client, question: str, expected: list[str]) -> float:
    urls = [item["url"] for item in search(client, question)["items"]]
    return max((1 / rank for rank, url in enumerate(urls, start=1) if url in expected), default=0.0)


def test_the_mean_reciprocal_rank_of_thirty_questions(client: httpx.Client) -> None:
    ranks = {each["q"]: reciprocal_rank(client, each["q"], each["expected"]) for each in QUESTIONS}
    assert len(ranks) == 30
    assert sum(ranks.values()) / len(ranks) >= MIN_MEAN_RECIPROCAL_RANK, ranks


@pytest.mark.parametrize(
    ("q", "url"),
    [
        ("Article 9", "/v1/terms/article-9"),
        ("1951 security treaty article III", "/v1/instruments/security-treaty-1951/articles/3"),
        ("Art. VI of the 1960 treaty", "/v1/instruments/treaty-1960/articles/6"),
        ("日本国とアメリカ合衆国との間の相互協力及び安全保障条約", "/v1/instruments/treaty-1960"),
    ],
)
def test_a_name_comes_first(client: httpx.Client, q: str, url: str) -> None:
    assert url in [item["url"] for item in search(client, q)["items"]][:2]


@pytest.mark.parametrize("q", ["harbour pens tea", "tea harbour xyzzy", '"tea harbour" xyzzy'])
def test_an_exact_phrase_ranks_above_its_separate_words(store: Path, seeds: Path, q: str) -> None:
    guide = seeds / "nowhere-and-the-sea/guide.md"
    words = q.strip('"').replace('" xyzzy', "").replace(" xyzzy", "").split()
    sections = {
        "apart": " and ".join(words) + ". " + " or ".join(words),
        "phrase": f"Long ago there was something like {' '.join(words)} in a long text about other things.",
        "reversed": " ".join(reversed(words)),
    }
    more = "".join(f"\n## Part {slug} {{#{slug}}}\n\n{text}.\n" for slug, text in sections.items())
    guide.write_text(guide.read_text() + more)
    seed(store, seeds / "nowhere-and-the-sea")
    with serving(store) as client:
        assert search(client, q)["items"][0]["section"] == "phrase"
