"""Owns what somebody brings to an import: a file, and the mapping that says what its columns mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brought:
    """The bytes of a CSV or XLSX file and the text of a TOML mapping, each with the name it came under."""

    content: bytes
    file_name: str
    mapping: str
    mapping_name: str
