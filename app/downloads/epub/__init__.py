"""A guide as an EPUB 3 book."""

from app.downloads.epub.book import epub as epub
