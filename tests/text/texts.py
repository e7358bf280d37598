"""Texts and quotations to test with."""

import unicodedata

from hypothesis import strategies as st

from app.text.quotations import Span

# No word of it stands twice, and none begins or ends another.
TEXT = (
    "Signed in Washington, the “Treaty of Mutual Cooperation” — Nihon-koku’s 安全保障条約 — obliged Tōkyō\u00a0to "
    "grant facilities; Article VI was ‘hardly’ neutral… Prime Minister Kishi (Nobusuke) resigned, élan from Ἀθῆναι."
)
WORDS = TEXT.split()

QUOTES = "\"'“”„‟«»‹›‘’‚‛`´′″＂＇「」"
DASHES = "-‐‑‒–—―−﹘﹣－"
SPACES = [" ", "\u00a0", "\u2009", "\u202f", "\u3000", "\n", "\t", "  ", " \r\n ", " \u200b", "\ufeff "]

# What folding must cope with, many times likelier than in all of Unicode.
TRICKY = st.one_of(
    st.sampled_from([*QUOTES, *DASHES, *SPACES, *"aAsSéßſİıﬁﬅŉΣςᾳΐǰ각ᄀ가ᅡᆨがか゛ﾞ²½①Ⅴ…·.‥ﷺำ", "...", "[…]"]),
    st.sampled_from([*"\u0301\u0323\u0345\u3099\u00ad\u034f\ufe0f\u200d\U0001d165\U0001f469"]),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.lists(TRICKY, max_size=30).map("".join)


def quoted(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def runs(least: int) -> st.SearchStrategy[tuple[int, int]]:
    """Places in `WORDS`, first and last exclusive, at least so many words apart."""
    firsts = st.integers(0, len(WORDS) - least)
    return firsts.flatmap(lambda first: st.tuples(st.just(first), st.integers(first + least, len(WORDS))))


@st.composite
def restyled(draw: st.DrawFn, original: str) -> str:
    """Draw the same words in other typography: marks, dashes, spaces, case and Unicode form."""
    case = draw(st.sampled_from([original, original.upper(), original.lower(), original.swapcase()]))
    text = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), case)
    setting = ""
    for char in text:
        if char in QUOTES:
            setting += draw(st.sampled_from(QUOTES))
        elif char in DASHES:
            setting += draw(st.sampled_from(["", *SPACES])) + draw(st.sampled_from(DASHES))
        elif char.isspace():
            setting += draw(st.sampled_from(SPACES))
        else:
            setting += char + draw(st.sampled_from(["", "", "", "\u00ad", "\u200b"]))
    return draw(st.sampled_from(["{}", "“{}”", '"{}"', "'{}'", "« {} »", "“‘{}’”", " {}\n"])).format(setting)
