"""How large an office file from somebody else may be, and what is said of one that is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True)
class Bounds:
    """The most that is taken: bytes of the file, bytes of all its parts unpacked, number of parts.

    ``ratio`` is how many times its packed size a part may unpack to, once it is larger than a megabyte. Deflate
    itself gets to 1,032; text in XML seldom to 50.
    """

    file: int
    unpacked: int
    parts: int
    ratio: int = 200


class PackageError(Exception):
    """An office file is not as it should be: ``what`` is wrong with it, and what would be ``right``."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(what, right)
        self.what = what
        self.right = right


class NotAPackageError(PackageError):
    """This is no zip at all, or a damaged one."""

    def __init__(self) -> None:
        super().__init__("is no office file, or a damaged one", ANEW)


class TooLargeError(PackageError):
    """The file is larger than its :class:`Bounds`."""

    def __init__(self) -> None:
        super().__init__("is too large", "make it smaller")


ANEW = "open it in the program that it belongs to, and save it anew"
