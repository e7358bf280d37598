"""Write each revision of a guide as files to take home."""

from app.downloads.files import write_downloads as write_downloads
