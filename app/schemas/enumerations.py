"""Explanations of the values that a field or a filter can have."""

from collections.abc import Sequence

EXPLANATIONS: list[dict[str, str]] = [
    {  # editions
        "corrected": "The guide's text with all `applied` corrections.",
        "original": "The text as the author wrote it.",
    },
    {  # statuses of a correction
        "applied": "The corrected edition contains the replacement.",
        "suggested": "There is a replacement, but both editions keep the author's words.",
        "note": "Context for the reader; nothing is replaced.",
    },
    {  # kinds of correction
        "factual_error": "The statement is wrong.",
        "conflation": "Two different things are treated as one, such as the treaties of 1951 and 1960.",
        "overstatement": "The statement goes further than its sources.",
        "unsourced": "A source, date or example is missing.",
        "placeholder": "A gap of a template was never filled in, such as `{YEAR}`.",
        "formatting_artifact": "A trace of how the text was produced, such as a heading inside a sentence.",
    },
    {  # severities of a correction
        "major": "Misleads readers about a central point.",
        "moderate": "Misleads readers about a detail.",
        "minor": "Imprecise, but hardly misleading.",
        "info": "Not misleading; the correction adds background.",
    },
    {  # confidence in a fact
        "checked": "All details were compared with the sources.",
        "partly_checked": "Some details were compared with the sources.",
        "unchecked": "No detail was compared with the sources yet.",
    },
    {  # legal characters of an instrument
        "treaty": "Binding, and approved by the legislatures before ratification.",
        "executive_agreement": "Binding, and concluded by the governments without the United States Senate's consent.",
        "exchange_of_notes": "An understanding in diplomatic notes or letters, often about another instrument.",
        "political_document": "A statement of policy, such as guidelines; not legally binding.",
        "domestic_measure": "A law or decision of one country alone.",
    },
    {  # categories of events
        "treaty": "A treaty was signed, entered into force or ended.",
        "agreement": "Another agreement between the governments.",
        "political": "Diplomacy, policy statements and protest.",
        "domestic": "Laws and decisions within one country.",
        "judicial": "A judgment of a court.",
        "exercise": "A military exercise.",
        "culture": "Cultural relations.",
    },
    {  # kinds that cite a source
        "correction": "A correction of a guide's text.",
        "instrument": "A treaty, agreement or statement.",
        "article": "An article of an instrument.",
        "event": "An event of the timeline.",
        "term": "A term of the glossary.",
    },
    {  # kinds of changes
        "guide": "The guide itself: its title, summary, language or licence.",
        "section": "A section: its title, topics, cross-references or place.",
        "passage": "A paragraph or list item.",
        "correction": "A correction of the guide's text.",
        "instrument": "A treaty, agreement or statement.",
        "article": "An article of an instrument.",
        "event": "An event of the timeline.",
        "term": "A term of the glossary.",
        "source": "A work that corrections and facts rest on.",
    },
    {  # what happened to a guide
        "published": "New content became current, or earlier content was published again.",
        "rolled_back": "An earlier revision became current again.",
        "renamed": "The guide, or something in it, got another address.",
        "withdrawn": "The guide is no longer available; its addresses give 410.",
        "restored": "A withdrawn guide was published again.",
    },
    {  # what happened to a resource
        "added": "Only the revision `until` has it.",
        "removed": "Only the revision `since` has it.",
        "changed": "Its content differs.",
        "moved": "Only its place or its name differs: the id of a passage, or the slug of a section.",
    },
    {  # words of a passage
        "equal": "Words of both texts.",
        "delete": "Words of the text before.",
        "insert": "Words of the text after.",
    },
    {  # kinds of suggestions
        "section": "A section of a guide.",
        "term": "A term of the glossary.",
        "topic": "A topic.",
        "instrument": "A treaty, agreement or statement.",
        "article": "An article of an instrument.",
        "event": "An event of the timeline.",
        "word": "A search for the words, the last one completed.",
    },
    {  # formats of downloads
        "jsonl": "JSON Lines: a line for each resource, as the API returns it, in the edition that you request.",
        "csv": "CSV tables in a zip file, with a description (`datapackage.json`); both editions.",
        "sqlite": "An SQLite database with the same tables, indexes and full-text search; both editions.",
        "epub": "A book with notes, timeline and glossary, in the edition that you request.",
    },
    {  # kinds to search
        "all": "All kinds, ranked together.",
        "section": "Sections of the guides, each with its matching passages.",
        "correction": "Corrections of the guides.",
        "instrument": "Treaties, agreements and statements.",
        "article": "Articles of the instruments.",
        "event": "Events of the timeline.",
        "term": "Terms of the glossary.",
    },
    {  # kinds of search results
        "section": "A section of a guide.",
        "correction": "A correction of a guide's text.",
        "instrument": "A treaty, agreement or statement.",
        "article": "An article of an instrument.",
        "event": "An event of the timeline.",
        "term": "A term of the glossary.",
    },
]


def explain(values: Sequence[str]) -> str:
    """Return a Markdown list that explains the values, empty if there are no explanations."""
    explanations = next((each for each in EXPLANATIONS if tuple(each) == tuple(values)), {})
    return "\n".join(f"- `{value}`: {text}" for value, text in explanations.items())
