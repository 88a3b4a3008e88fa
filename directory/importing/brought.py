"""Owns what somebody brings to an import: a file, and the mapping that says what its columns mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brought:
    """The bytes of a CSV or XLSX file and the text of a TOML mapping, each with the name it came under."""

    content: bytes
    file_name: str
    mapping: str
    mapping_name: str

    def names(self) -> dict[str, str]:
        """What a run is called by: what can be printed of both, and no more than a run keeps."""
        return {"file_name": _printable(self.file_name), "mapping_name": _printable(self.mapping_name)}


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable())[-200:]
