"""What is known of a model, as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Report:
    """Facts, a table of log evidence, and warnings. A notebook shows it as a table."""

    title: str
    facts: list[tuple[str, str]]
    table: pandas.DataFrame
    warnings: list[str]

    def __str__(self) -> str:
        lines = [self.title]
        lines += [f"  {name}: {value}" for name, value in self.facts]
        lines += ["", self.table.to_string(index=False)]
        lines += [f"warning: {warning}" for warning in self.warnings]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        facts = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in self.facts
        )
        warnings = "".join(f"<p><b>Warning:</b> {escape(text)}</p>" for text in self.warnings)
        table = self.table.to_html(index=False, border=0)
        return (
            f"<div><p><b>{escape(self.title)}</b></p><table>{facts}</table>{table}{warnings}</div>"
        )
