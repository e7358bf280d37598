"""`treaty-guide check`."""

from app.cli.console import SeedsPath, print_line


def check(path: SeedsPath = None) -> None:
    """Check seed files and report every problem with its file and line."""
    from app.content import read_guides
    from app.settings import Settings

    for guide in read_guides(path or Settings().seeds):
        passages = sum(len(section.passages) for section in guide.sections)
        print_line(f"{guide.slug}: {len(guide.sections)} sections, {passages} passages; revision {guide.revision}.")
