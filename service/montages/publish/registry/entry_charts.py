"""The figures of a list of entries, each as a chart and as the table of the same numbers (G1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from montages.bilingual import Text
from montages.publish.drawing.bar_chart import Bar, bar_chart
from montages.publish.registry.entry_facets import BY_KEY
from montages.publish.registry.entry_line import EntryLine
from montages.publish.text.signs import VERDICT_TITLES

_MOST_BARS = 12
_UNKNOWN = Text("Sans réponse", "No answer")
_OTHERS = Text("Autres", "Others")


@dataclass(frozen=True)
class EntryChart:
    """One figure: its name in addresses, its title, which values an entry counts for, how they are called."""

    name: str
    title: Text
    values: Callable[[EntryLine], Sequence[str]]
    label: Callable[[str], Text]
    order: Sequence[str] = ()


def _verdict(slug: str) -> Text:
    return VERDICT_TITLES.get(slug, _UNKNOWN)


CHARTS = (
    EntryChart(
        "verdict",
        Text(
            "Fiches par verdict du premier contrat", "Entries by the verdict of the first contract"
        ),
        lambda it: (it.summary.verdict,),
        _verdict,
        tuple(VERDICT_TITLES),
    ),
    EntryChart(
        "contract",
        Text("Fiches par contrat retenu", "Entries by contract retained"),
        BY_KEY["contract"].values,
        BY_KEY["contract"].name,
    ),
    EntryChart(
        "holder",
        Text("Fiches par sorte de porteur", "Entries by kind of holder"),
        BY_KEY["holder"].values,
        BY_KEY["holder"].name,
    ),
)
BY_NAME = {chart.name: chart for chart in CHARTS}


def chart_bars(chart: EntryChart, lines: Iterable[EntryLine], lang: str) -> tuple[Bar, ...]:
    """Return the bars of a chart: in its own order, else the most frequent first, the rest together."""
    counts = Counter(value for line in lines for value in dict.fromkeys(chart.values(line)))
    order = {value: n for n, value in enumerate(chart.order)}
    ranked = sorted(counts.items(), key=lambda pair: (order.get(pair[0], 99), -pair[1], pair[0]))
    bars = [Bar(chart.label(value)[lang], count) for value, count in ranked[:_MOST_BARS]]
    if rest := sum(count for _, count in ranked[_MOST_BARS:]):
        bars.append(Bar(_OTHERS[lang], rest))
    return tuple(Bar(_capital(bar.name), bar.count) for bar in bars)


def entry_chart(chart: EntryChart, bars: Sequence[Bar], lang: str, *, styled: bool = True) -> str:
    """Return a chart as SVG."""
    return bar_chart(chart.title[lang], bars, f"chart-{chart.name}", styled=styled)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
