"""A resident's page, packed for the wire.

Its beginning, with the whole style, is the same for all: it is packed once, and
each page's own part after it, with the beginning as its dictionary (RFC 1951,
RFC 1952).
"""

import zlib

LEVEL = 1
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
RAW, WINDOW = -15, -13


class Beginning:
    """What many pages begin with."""

    def __init__(self, words: bytes):
        self.words, self.check = words, zlib.crc32(words)
        packer = zlib.compressobj(9, zlib.DEFLATED, RAW)
        # Packed up to a whole byte.
        self.packed = HEADER + packer.compress(words) + packer.flush(zlib.Z_SYNC_FLUSH)
        # A window that holds the beginning and a usual page: less to set up for each.
        self.packer = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, 7, zdict=words)

    def followed_by(self, rest: bytes) -> bytes:
        """What makes a whole gzip of the packed beginning, once it is behind it."""
        packer, length = self.packer.copy(), len(self.words) + len(rest)
        check = zlib.crc32(rest, self.check)
        return packer.compress(rest) + packer.flush() + check.to_bytes(4, "little") + length.to_bytes(4, "little")
