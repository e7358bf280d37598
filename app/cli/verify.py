"""`treaty-guide verify`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.console import load_settings

if TYPE_CHECKING:
    from app.formats import FileFormat

TIMEOUT_S = 30
MAX_NAMED = 5  # parts that a message names


def verify(
    file: Annotated[Path, typer.Argument(help="A downloaded file, whatever its name.")],
    service: Annotated[
        str | None, typer.Option(help="The URL of the service.", show_default="http://127.0.0.1:8000")
    ] = None,
) -> None:
    """Compare a downloaded file with a running service, by SHA-256.

    The file says which guide, revision and edition it has. If it is not what the service has, the parts that differ are
    named, and the exit code is 1.
    """
    import hashlib
    import json

    from app.downloads.identity import identify
    from app.errors import NotVerified

    settings = load_settings()
    base = (service or settings.public_url or settings.local_url).rstrip("/")
    content = file.read_bytes()
    identity = identify(content)
    address = f"/v1/guides/{identity.guide}/downloads?edition={identity.edition}&revision={identity.revision}"
    downloads = json.loads(_fetch(base, address))["items"]
    listed = next(each for each in downloads if each["media_type"] == identity.format.media_type)
    if hashlib.sha256(content).hexdigest() != listed["sha256"]:
        raise NotVerified(_difference(identity.format, content, _fetch(base, listed["url"])))
    typer.echo(f"{file}: {listed['title']}, revision {identity.revision} of {identity.guide}: as the service has it.")
    current = json.loads(_fetch(base, f"/v1/guides/{identity.guide}"))["revision"]
    if current != identity.revision:
        typer.echo(f"The service has a newer revision, {current}.")


def _fetch(base: str, address: str) -> bytes:
    """Return what the service has at an address; raise `NotVerified` with the reason it gives."""
    import json
    from urllib.error import HTTPError, URLError
    from urllib.parse import urljoin
    from urllib.request import Request, urlopen

    from app.errors import NotVerified

    url = urljoin(f"{base}/", address)
    if not url.startswith(("http://", "https://")):
        raise NotVerified(f"{base} is not the URL of a service; it begins with http:// or https://.")
    try:
        with urlopen(Request(url, headers={"Accept": "*/*"}), timeout=TIMEOUT_S) as response:  # noqa: S310 - see above
            body: bytes = response.read()
            return body
    except HTTPError as error:
        try:
            detail = json.loads(error.read())["detail"]
        except (KeyError, TypeError, ValueError):
            detail = f"status {error.code}"
        raise NotVerified(f"The service {base} does not have this file: {detail}") from error
    except URLError as error:
        raise NotVerified(f"The service {base} cannot be reached ({error.reason}).") from error


def _difference(format_: "FileFormat", own: bytes, served: bytes) -> str:
    """Say which parts of a file are not as the service has them."""
    from app.downloads.identity import digest_parts

    own_parts, served_parts = digest_parts(format_, own), digest_parts(format_, served)
    names = sorted({name for name, _ in own_parts ^ served_parts})
    if not names:
        return "The content is what the service has, but the bytes differ: another program saved the file."
    named = ", ".join(names[:MAX_NAMED]) + (f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else "")
    return f"This is not the file that the service has. These parts differ: {named}."
