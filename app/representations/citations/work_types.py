"""The types of works in CSL, BibTeX and RIS."""

from typing import NamedTuple

from app.content.sources import SourceType


class WorkType(NamedTuple):
    """The names of a type in BibTeX and RIS."""

    bibtex: str
    ris: str


# The types of BibTeX, or else of biblatex, which BibTeX prints like `misc`. RIS has no speech, treaty or manuscript of
# a law; `GEN` is generic.
WORK_TYPES: dict[SourceType, WorkType] = {
    "article": WorkType("unpublished", "UNPB"),
    "article-journal": WorkType("article", "JOUR"),
    "article-magazine": WorkType("article", "MGZN"),
    "article-newspaper": WorkType("article", "NEWS"),
    "bill": WorkType("legislation", "BILL"),
    "book": WorkType("book", "BOOK"),
    "broadcast": WorkType("misc", "VIDEO"),
    "chapter": WorkType("incollection", "CHAP"),
    "classic": WorkType("book", "CLSWK"),
    "collection": WorkType("misc", "AGGR"),
    "dataset": WorkType("dataset", "DATA"),
    "document": WorkType("misc", "GEN"),
    "entry": WorkType("inreference", "ENCYC"),
    "entry-dictionary": WorkType("inreference", "DICT"),
    "entry-encyclopedia": WorkType("inreference", "ENCYC"),
    "event": WorkType("misc", "GEN"),
    "figure": WorkType("misc", "FIGURE"),
    "graphic": WorkType("misc", "ART"),
    "hearing": WorkType("misc", "HEAR"),
    "interview": WorkType("misc", "PCOMM"),
    "legal_case": WorkType("jurisdiction", "CASE"),
    "legislation": WorkType("legislation", "STAT"),
    "manuscript": WorkType("unpublished", "UNPB"),
    "map": WorkType("misc", "MAP"),
    "motion_picture": WorkType("misc", "MPCT"),
    "musical_score": WorkType("misc", "MUSIC"),
    "pamphlet": WorkType("booklet", "PAMP"),
    "paper-conference": WorkType("inproceedings", "CPAPER"),
    "patent": WorkType("patent", "PAT"),
    "performance": WorkType("misc", "GEN"),
    "periodical": WorkType("periodical", "JFULL"),
    "personal_communication": WorkType("misc", "PCOMM"),
    "post": WorkType("online", "ELEC"),
    "post-weblog": WorkType("online", "BLOG"),
    "regulation": WorkType("legislation", "STAT"),
    "report": WorkType("techreport", "RPRT"),
    "review": WorkType("article", "JOUR"),
    "review-book": WorkType("article", "JOUR"),
    "software": WorkType("software", "COMP"),
    "song": WorkType("misc", "SOUND"),
    "speech": WorkType("misc", "GEN"),
    "standard": WorkType("misc", "STAND"),
    "thesis": WorkType("thesis", "THES"),
    "treaty": WorkType("misc", "GOVDOC"),
    "webpage": WorkType("online", "ELEC"),
}

# A work of these types appears in what the seeds name as its publisher, such as a newspaper.
PARTS: frozenset[SourceType] = frozenset(
    {
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "post",
        "post-weblog",
        "review",
        "review-book",
    }
)
