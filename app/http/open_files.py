"""How many files a process may have open, of which each connection takes one, and one more where it reads the store."""

from contextlib import suppress

OF_ITS_OWN = 256  # files that a process has open beside those


def allow_for(concurrency: int) -> None:
    """Raise the limit of this process, and of those that it starts from here on, to what so many connections take.

    It is often 1,024, and then not even that many connections are refused in an orderly way. Where the system does not
    let it be raised so far, it is raised as far as may be.
    """
    with suppress(ImportError, OSError, ValueError):  # of which the first is that of Windows
        import resource

        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 4 * concurrency + OF_ITS_OWN
        if now != resource.RLIM_INFINITY and now < wanted:
            reachable = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
            resource.setrlimit(resource.RLIMIT_NOFILE, (reachable, most))
