"""Zstandard, which Python 3.14 has in its library and the package backports.zstd brings to earlier versions."""

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import compress as compress
    from compression.zstd import decompress as decompress
else:
    from backports.zstd import compress as compress
    from backports.zstd import decompress as decompress
