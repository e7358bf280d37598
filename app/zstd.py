"""Zstandard: Python 3.14 has it in its library, which a package brings to earlier versions."""

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import compress as compress
    from compression.zstd import decompress as decompress
else:
    from backports.zstd import compress as compress
    from backports.zstd import decompress as decompress
