"""What is known of a model, as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import pandas


class ModelFacts:
    """What a model says of itself, by name: some names stand twice, and only numbers have one."""

    def __init__(self, rows: Iterable[tuple[str, str, float | None]]) -> None:
        self._rows = list(rows)

    def has(self, name: str) -> bool:
        """Whether anything has the name."""
        return any(row[0] == name for row in self._rows)

    def texts(self, name: str) -> list[str]:
        """All of that name."""
        return [text for found, text, _ in self._rows if found == name]

    def text(self, name: str) -> str:
        """The first of that name."""
        return self.texts(name)[0]

    def number(self, name: str) -> float:
        """The number of that name."""
        return next(float(n) for found, _, n in self._rows if found == name and n is not None)

    def numbers(self) -> dict[str, float]:
        """All that are numbers."""
        return {name: float(number) for name, _, number in self._rows if number is not None}


@dataclass(frozen=True)
class Report:
    """Facts, a table of log evidence, warnings, and the page of test rows where there were any.

    A notebook shows the page, or a table.
    """

    title: str
    facts: list[tuple[str, str]]
    table: pandas.DataFrame
    warnings: list[str]
    page: str | None = None

    def __str__(self) -> str:
        lines = [self.title]
        lines += [f"  {name}: {value}" for name, value in self.facts]
        lines += ["", self.table.to_string(index=False)]
        lines += [f"warning: {warning}" for warning in self.warnings]
        return "\n".join(lines)

    def html(self) -> str:
        """A page of its own, which asks nothing of the network."""
        if self.page is not None:
            return self.page
        title = escape(self.title)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            "<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto}"
            "th,td{padding:.2rem .8rem;text-align:left}</style></head>"
            f"<body>{self._table()}</body></html>"
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write that page to a file of this machine."""
        Path(path).write_text(self.html(), encoding="utf-8")

    def _repr_html_(self) -> str:
        if self.page is None:
            return self._table()
        # Its scripts and styles are its own affair.
        return (
            f'<iframe srcdoc="{escape(self.page)}" title="{escape(self.title)}"'
            ' style="width:100%;height:48rem;border:0"></iframe>'
        )

    def _table(self) -> str:
        facts = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in self.facts
        )
        warnings = "".join(f"<p><b>Warning:</b> {escape(text)}</p>" for text in self.warnings)
        table = self.table.to_html(index=False, border=0)
        return (
            f"<div><p><b>{escape(self.title)}</b></p><table>{facts}</table>{table}{warnings}</div>"
        )
