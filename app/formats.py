"""Formats of resources: names in `?format=`, titles and media types."""

from typing import Literal, NamedTuple


class Format(NamedTuple):
    """A format of a resource.

    `name` is the value of `?format=`; `has_pages` says whether lists have pages in it.
    """

    name: str
    title: str
    media_type: str
    purpose: str
    has_pages: bool = True


JSON = Format("json", "JSON", "application/json", "for programs")
MARKDOWN = Format("md", "Markdown", "text/markdown", "for language models")
HTML = Format("html", "Web page", "text/html", "for browsers")
TEXT = Format("txt", "Plain text", "text/plain", "for terminals")
JSONLD = Format("jsonld", "JSON-LD", "application/ld+json", "for linked data")
CSL_JSON = Format(
    "csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "for citation processors", has_pages=False
)
BIBTEX = Format("bibtex", "BibTeX", "application/x-bibtex", "for LaTeX", has_pages=False)
RIS = Format("ris", "RIS", "application/x-research-info-systems", "for reference managers", has_pages=False)
CITATION_TEXT = Format("text", "Citation text", "text/plain", "for sentences in English", has_pages=False)
ATOM = Format("atom", "Atom", "application/atom+xml", "for feed readers")

# All formats. Of those that a client prefers equally, the first is chosen.
FORMATS = (JSON, CSL_JSON, BIBTEX, RIS, MARKDOWN, HTML, TEXT, CITATION_TEXT, JSONLD, ATOM)
CONTENT_FORMATS = (JSON, MARKDOWN, HTML, TEXT)
CITATION_FORMATS = (CSL_JSON, BIBTEX, RIS, CITATION_TEXT)
CHANGES_FORMATS = (*CONTENT_FORMATS, ATOM)
LINKED_DATA_FORMATS = (*CONTENT_FORMATS, JSONLD)


FileName = Literal["jsonl", "csv", "sqlite", "epub"]


class FileFormat(NamedTuple):
    """A format of a whole guide as a file: `name` is the last part of its address."""

    name: FileName
    title: str
    media_type: str
    extension: str
    has_both_editions: bool


JSON_LINES = FileFormat("jsonl", "JSON Lines", "application/jsonl", "jsonl", has_both_editions=False)
CSV_TABLES = FileFormat("csv", "CSV tables", "application/zip", "csv.zip", has_both_editions=True)
SQLITE = FileFormat("sqlite", "SQLite database", "application/vnd.sqlite3", "db", has_both_editions=True)
EPUB = FileFormat("epub", "EPUB book", "application/epub+zip", "epub", has_both_editions=False)

# All files, in the order of their list.
FILE_FORMATS = (JSON_LINES, CSV_TABLES, SQLITE, EPUB)
