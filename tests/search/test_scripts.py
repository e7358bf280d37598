"""Every way of writing a word finds what is written in another, in any script, and marks it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.routers.searches import search
from tests.service import SAMPLE, copy_of, seed, serving

# One passage of a guide for each, and queries that find it, each with what is marked.
PASSAGES = {
    "Japanese": (
        "日本国とアメリカ合衆国との間の相互協力及び安全保障条約は、デモのなかで承認された。",
        {
            "日本国とアメリカ合衆国との間の相互協力": "日本国とアメリカ合衆国との間の相互協力",
            "安全保障条約": "安全保障条約",
            "ﾃﾞﾓ": "デモ",
            "ｱﾒﾘｶ合衆国": "アメリカ合衆国",
        },
    ),
    "Russian": ("Договор о сотрудничестве вступил в силу.", {"ДОГОВОР": "Договор", "сотрудничестве": "сотрудничестве"}),
    "Greek": ("Η συνθήκη υπογράφηκε στην Ουάσινγκτον.", {"ΣΥΝΘΗΚΗ": "συνθήκη", "υπογραφηκε": "υπογράφηκε"}),
    "Korean": (
        "안전보장조약 제5조는 무력 공격을 다룬다.",
        {"안전보장조약": "안전보장조약", "조약": "조약", "제5조": "제5조", "Article 5": "제5조", "무력": "무력"},
    ),
    "Hebrew": ("בְּרִית הַהֲגָנָה נחתמה.", {"ברית": "בְּרִית", "ההגנה": "הַהֲגָנָה"}),
    "Arabic": ("مُعَاهَدَة الأمن المتبادل.", {"معاهدة": "مُعَاهَدَة", "الامن": "الأمن"}),
    "Hindi": ("संधि पर हस्ताक्षर हुए।", {"संधि": "संधि", "हस्ताक्षर": "हस्ताक्षर"}),
    "Thai": ("สนธิสัญญาความมั่นคง", {"สนธิสัญญา": "สนธิสัญญา", "ความมั่นคง": "ความมั่นคง"}),
    "Chinese": ("美日安保條約第五條適用於釣魚臺。", {"安保條約": "安保條約", "第5条": "第五條", "釣魚": "釣魚"}),
    "from a PDF": (
        "The oﬃce of the high com\N{SOFT HYPHEN}missioner \ufb01led a protest.",
        {"office": "oﬃce", "commissioner": "com\N{SOFT HYPHEN}missioner", "filed": "\ufb01led"},
    ),
    "French": ("Le traité prévoit l’évolution.", {"traite": "traité", "TRAITÉ": "traité", "evolution": "évolution"}),
    "Turkish": ("İstanbul bildirisi imzalandı.", {"istanbul": "İstanbul", "imzalandi": "imzalandı"}),
    "German": ("Die Straße nach Köln.", {"STRASSE": "Straße", "koln": "Köln"}),
    "hyphens": (
        "The post-war cabinet wanted re-armament and cooperation, F-16 aircraft and U.S.-made radar.",
        {
            "postwar": "post-war",
            "post-war": "post-war",
            "re‐armament": "re-armament",
            "rearmament": "re-armament",
            "co-operation": "cooperation",
            "F16": "F-16",
            "US": "U.S.",
        },
    ),
    "a number": ("About 18,000 marines left in 2024.", {"18000": "18,000", "18,000": "18,000", "１８０００": "18,000"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with a guide that has a section for each passage."""
    folder = tmp_path_factory.mktemp("scripts")
    seeds = copy_of(SAMPLE, folder / "seeds")
    path = seeds / "nowhere-and-the-sea/guide.md"
    sections = "".join(f"\n## Part {n} {{#part-{n}}}\n\n{text}\n" for n, (text, _) in enumerate(PASSAGES.values()))
    path.write_text(path.read_text(encoding="utf-8") + sections, encoding="utf-8")
    seed(folder / "store.db", seeds)
    with serving(folder / "store.db") as client:
        yield client


@pytest.mark.parametrize(
    ("script", "query", "marked"),
    [(n, query, marked) for n, (_, queries) in enumerate(PASSAGES.values()) for query, marked in queries.items()],
)
def test_a_query_finds_and_marks_a_text_that_is_written_otherwise(
    scripts: httpx.Client, script: int, query: str, marked: str
) -> None:
    results = search(scripts, query, kind="section")
    assert results["match"] == "all"
    (passage,) = (each for item in results["items"] if item["section"] == f"part-{script}" for each in item["passages"])
    assert marked in [passage["excerpt"][mark["start"] : mark["end"]] for mark in passage["marks"]]


def test_voicing_makes_another_word(scripts: httpx.Client) -> None:
    assert search(scripts, "テモ")["total"] == 0
    assert search(scripts, "デモ")["total"] == 1


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("安全保証条約", "安全保障条約"),
        ("Догавор", "Договор"),
        ("συνθήκι", "συνθήκη"),
        ("안전보장조역", "안전보장조약"),
        ("imzalandu", "imzalandı"),
        ("commisioner", "com\N{SOFT HYPHEN}missioner"),
        ("आइसक्रीम", None),
        ("договор", None),
        ("地位協定", None),
    ],
)
def test_a_misspelled_word_gets_a_suggestion_in_its_script(
    scripts: httpx.Client, query: str, suggestion: str | None
) -> None:
    assert search(scripts, query)["suggestion"] == suggestion


@pytest.mark.parametrize(
    "query", ["anti-treaty", "pact", "fact", "plane", "forge", "colour", "peach", "harbor", "harbour"]
)
def test_a_correct_word_is_never_replaced(scripts: httpx.Client, query: str) -> None:
    assert search(scripts, query)["suggestion"] is None


@pytest.mark.parametrize(
    ("begun", "completed"),
    [
        ("安全保", "安全保障条約"),
        ("Дог", "Договор"),
        ("συν", "συνθήκη"),
        ("안전보", "안전보장조약"),
        ("postw", "post-war"),
        ("مع", "مُعَاهَدَة"),
    ],
)
def test_a_word_of_any_script_is_completed(scripts: httpx.Client, begun: str, completed: str) -> None:
    items = scripts.get("/v1/suggestions", params={"q": begun, "kind": "word"}).json()["items"]
    assert completed in [item["title"] for item in items]
