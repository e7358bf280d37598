"""Stems, stop words, and British and American spellings of English words.

The rules of spelling are those of https://en.wikipedia.org/wiki/American_and_British_English_spelling_differences.
A rule may produce a spelling that does not exist, which matches nothing, but never another word: `filled` does not
become `filed`, nor `four` `for`. The rules cover 1,470 of the 1,730 pairs in the package breame 0.1.2, and further
pairs, such as modernisation.
"""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

# Pattern before, British spelling, American spelling, pattern after.
_RULES = [
    (r"\w{3,}", "is", "iz", r"e[drs]?|ers|ing|ings|ingly|able|ably|ation|ational|ationally|ations|ement"),
    (r"\w{2,}", "ys", "yz", r"e[drs]?|ers|ing|able"),
    (r"\w{3,}|od", "our", "or", r"|s|ed|er|ers|ing|ings|able|ably|al|hood|ist|ists|ite|ites|less|ly|y|ies|ful"),
    (r"\w{2,}[tb]", "re", "er", r"|s"),
    (r"\w{2,}[tb]", "r", "er", r"ed|ing"),
    (r"\w*(?:def|off|lic|pret)en", "c", "s", r"e|es|ed|ing|eless|eman|emen"),
    (r"\w*[aeiou][^aeiou]*[aeiou]", "ll", "l", r"ed|er|ers|est|ing|ings|ation|ations|ist|ists|or|ors|ous|ously|en"),
    (r"\w{3,}og", "ue", "", r"|s"),
    (r"\w{3,}gram", "me", "", r"|s"),
    (r"\w+dg", "e", "", r"ment|ments|mental"),
    (r"fulfi|enro|insta|insti|disti|appa", "l", "ll", r"|s|ment|ments"),
    (r"ski|wi", "l", "ll", r"ful|fully"),
    (r"practi", "s", "c", r"e|ed|es|ing"),
    (r"arch|medi|encyclop|an|p", "ae", "e", r"\w+"),
    (r"", "plough", "plow", r"|s|ed|ing|shares"),
    (r"re|", "mould", "mold", r"|s|ed|ing"),
    (r"", "sceptic", "skeptic", r"|s|al|ism"),
    (r"", "draught", "draft", r"|s|y"),
    (r"", "sulph", "sulf", r"\w+"),
    (r"", "grey", "gray", r"|s"),
    (r"", "gaol", "jail", r"|s|ed|er|ers"),
    (r"", "enquir", "inquir", r"\w+"),
    (r"", "artefact", "artifact", r"|s"),
    (r"", "aeroplane", "airplane", r"|s"),
    (r"", "aluminium", "aluminum", r""),
    (r"", "ageing", "aging", r""),
    (r"", "jewellery", "jewelry", r""),
    (r"", "manoeuvr", "maneuver", r"ed|ing|ings|able|ability"),
    (r"", "manoeuvre", "maneuver", r"|s"),
]
# For each rule, whether the American spelling is canonical: the one that fewer other words have by nature.
_IS_AMERICAN = [american not in ("iz", "yz") for _, _, american, _ in _RULES]
_CANONICAL = [
    (re.compile(f"({before}){british if is_american else american}({after})"), american if is_american else british)
    for (before, british, american, after), is_american in zip(_RULES, _IS_AMERICAN, strict=True)
]
_BOTH_WAYS = [
    (re.compile(f"({before}){one}({after})"), rf"\g<1>{other}\g<2>")
    for before, british, american, after in _RULES
    for one, other in ((british, american), (american, british))
]

# Words that do not say what a text is about: the most common ones, and words that ask. `us` is also the United States.
_COMMON = """
a about after all also am an and any are as at be because been before being both but by can could did do does doing done
during each for from further had has have having he her here hers him his how i if in into is it its itself just me mean
meaning means more most my no nor not of on once only or other our ours out over own same she should so some such tell
than that the their theirs them then there these they this those through to too under until up very was we were what
when where which while who whom whose why will with would you your yours explain
"""
STOP_WORDS = frozenset(_COMMON.split())
QUESTION_WORDS = frozenset(("what", "when", "where", "which", "who", "whom", "whose", "why", "how")) | frozenset(
    ("am", "is", "are", "was", "were", "do", "does", "did", "can", "could", "has", "have", "had", "should", "would")
)

_stemmer = snowballstemmer.stemmer("english")
_stemmer_lock = Lock()  # a stemmer keeps the word that it works on


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of a lower-case word, the same for its British and American spellings."""
    for pattern, other in _CANONICAL:
        if match := pattern.fullmatch(word):
            word = f"{match[1]}{other}{match[2]}"
            break
    with _stemmer_lock:
        stemmed: str = _stemmer.stemWord(word)
    return stemmed


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Return a lower-case word, followed by its British or American spellings."""
    others = (rule.fullmatch(word) for rule, _ in _BOTH_WAYS)
    variants = [match.expand(other) for match, (_, other) in zip(others, _BOTH_WAYS, strict=True) if match]
    return tuple(dict.fromkeys([word, *variants]))


def number_forms(word: str) -> tuple[str, ...]:
    """Return a lower-case word, followed by what may be its plural or its singular.

    These forms need not exist: `forces` gives `force`, and `series` gives `serie` and `sery`.
    """
    if re.search("[^aeiou]ies$", word):
        return word, f"{word[:-3]}y", word[:-1]
    if word.endswith("sis"):
        return word, f"{word[:-2]}es"
    if re.search("(s|x|z|ch|sh)es$", word):
        return word, word[:-2], word[:-1], f"{word[:-2]}is"
    if re.search("[^suiw]s$", word) and len(word) > 2:
        return word, word[:-1]
    if re.search("[^aeiou]y$", word):
        return word, f"{word[:-1]}ies"
    return word, f"{word}es" if re.search("(s|x|z|ch|sh)$", word) else f"{word}s"
