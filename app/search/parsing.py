"""Parse user input into a search query."""

import re
from collections.abc import Sequence

from app.limits import MIN_PREFIX_LENGTH
from app.search.query import Clause, SearchQuery, distinct
from app.text.analyser import Analysis, Compound, Token, analyse

_PLAIN = str.maketrans({**dict.fromkeys("“”„‟«»＂", '"'), "－": "-", "＊": "*"})
_PART = re.compile(r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)"|(?<!\S)-(?P<excluded>(?=\w)[^\s"]+)')
_STAR = re.compile(r"\*(?!\w)")


def parse_query(text: str, min_prefix_length: int = MIN_PREFIX_LENGTH) -> SearchQuery:
    """Parse words, `"a phrase"`, `-excluded` and `prefix*`; everything else is plain text.

    Words joined by a hyphen, an apostrophe or a full stop form a phrase, and so do characters of scripts without
    spaces. The `*` after a shorter prefix is ignored.
    """
    parser = _Parser(min_prefix_length)
    source = text.translate(_PLAIN)
    end = 0
    for part in _PART.finditer(source):
        parser.parse_plain(source[end : part.start()], parser.required)
        end = part.end()
        if part["excluded"]:
            parser.parse_plain(part["excluded"], parser.excluded)
        else:
            parser.parse_phrase(part["phrase"], parser.excluded if part["minus"] else parser.required)
    parser.parse_plain(source[end:], parser.required)
    required, excluded = map(distinct, (parser.required, parser.excluded))
    phrase = tuple(token.term for clause in parser.required for token in clause.tokens)
    has_one_phrase = len(required) < 2 or any(clause.prefix for clause in required)
    short = tuple(dict.fromkeys(parser.short_prefixes))
    return SearchQuery(text, tuple(required), tuple(excluded), () if has_one_phrase else phrase, short)


def parse_incomplete(text: str) -> SearchQuery:
    """Parse text that is still being typed: plain words, of which the last is a prefix."""
    tokens = analyse(text).tokens
    if not tokens:
        return SearchQuery(text, (), ())
    *before, last = tokens
    required = [Clause(((token.term,),), (token,)) for token in before]
    if last.is_unspaced:
        parsed = parse_query(text).required
        return SearchQuery(text, parsed, ())
    return SearchQuery(text, (*required, Clause(((),), (), last.word)), ())


class _Parser:
    """Collect the clauses of a query."""

    def __init__(self, min_prefix_length: int) -> None:
        self.min_prefix_length = min_prefix_length
        self.required: list[Clause] = []
        self.excluded: list[Clause] = []
        self.short_prefixes: list[str] = []

    def parse_phrase(self, text: str, clauses: list[Clause]) -> None:
        """Add a phrase; one that is a reference matches however that is written."""
        analysis = analyse(text)
        tokens = analysis.tokens
        if any((each.first, each.last) == (0, len(tokens) - 1) for each in analysis.references):
            self.parse_plain(text, clauses)
        elif tokens:
            terms = tuple(token.term for token in tokens)
            compounds = [each for each in analysis.compounds if (each.first, each.last) == (0, len(tokens) - 1)]
            joined = [(term,) for each in compounds for term in each.terms[:1]]
            clauses.append(Clause((terms, *joined), tokens))

    def parse_plain(self, text: str, clauses: list[Clause]) -> None:
        """Add a clause for each word, for words that are joined, and for each reference."""
        analysis = analyse(text)
        tokens = analysis.tokens
        references = {reference.first: reference for reference in analysis.references}
        number = 0
        while number < len(tokens):
            if reference := references.get(number):
                last, terms = reference.last, reference.terms
                # The words belong to the first clause.
                clauses.append(Clause(((terms[0],),), tokens[number : last + 1], wider=reference.wider))
                clauses += (Clause(((term,),), ()) for term in terms[1:])
            else:
                compound = _compound_at(analysis, number)
                stop = min((first for first in references if first > number), default=len(tokens))
                last = min(compound.last, stop - 1)
                joined = compound.terms[:1] if (number, last) == compound[:2] else ()
                clauses.append(self._clause(text, tokens[number : last + 1], joined))
            number = last + 1

    def _clause(self, text: str, tokens: Sequence[Token], joined: Sequence[str]) -> Clause:
        terms = tuple(token.term for token in tokens)
        last = tokens[-1]
        if _STAR.match(text, last.end) and not last.is_unspaced:
            if len(last.word) >= self.min_prefix_length:
                return Clause((terms[:-1],), tuple(tokens[:-1]), last.word)
            self.short_prefixes.append(f"{text[tokens[0].start : last.end]}*")
        return Clause((terms, *((term,) for term in joined)), tuple(tokens))


def _compound_at(analysis: Analysis, number: int) -> Compound:
    """Return the joined tokens that include a token, or this token alone."""
    including = (compound for compound in analysis.compounds if compound.first <= number <= compound.last)
    return next(including, Compound(number, number, ()))
