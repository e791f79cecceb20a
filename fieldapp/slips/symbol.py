"""The QR symbol of an address, as one SVG path."""

from dataclasses import dataclass

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_H

# ISO/IEC 18004 asks for four light modules around the symbol.
QUIET = 4


@dataclass(frozen=True)
class Symbol:
    """``side`` modules without the quiet zone; ``path`` in modules, from 0,0."""

    side: int
    path: str

    @property
    def view(self) -> str:
        """The view box, quiet zone included."""
        whole = self.side + 2 * QUIET
        return f"-{QUIET} -{QUIET} {whole} {whole}"


def symbol(text: str) -> Symbol:
    """Level H: a fifth of the symbol may be torn, wet or written over."""
    code = QRCode(error_correction=ERROR_CORRECT_H, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return Symbol(side=len(rows), path="".join(_row(y, row) for y, row in enumerate(rows)))


def _row(y: int, row: list[bool]) -> str:
    """The dark runs of one row as rectangles one module high."""
    runs, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append(f"M{start} {y}h{x - start}v1H{start}z")
            start = None
    return "".join(runs)
