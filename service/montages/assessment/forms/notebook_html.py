"""An assessment as a notebook shows it: the answer, and the contracts in a table, best first."""

from __future__ import annotations

from html import escape

from montages.assessment.conclusions import Conclusions
from montages.assessment.rows import Row
from montages.bilingual import Text

_CONTRACT = Text("Contrat", "Contract")
_VERDICT = Text("Verdict, et pourquoi", "Verdict, and why")
_LAW = Text("droit au {}, règles {}", "law of {}, rules {}")


def notebook_html(it: Conclusions) -> str:
    """Return the HTML of an assessment in its language, without script or style; all its texts escaped."""
    lang = it.lang
    law = _LAW[lang].format(it.as_of.isoformat(), it.rulebook_version)
    head = "".join(f"<th>{title[lang]}</th>" for title in (_CONTRACT, _VERDICT))
    return (
        f'<div lang="{lang}"><p><strong>{escape(it.label[lang])}</strong> ({law})</p>'
        f"<p>{escape(it.answer.sentence[lang])}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>"
        + "".join(_row(row, lang) for row in it.rows)
        + f"</tbody></table><p><small>{escape(it.disclaimer[lang])}</small></p></div>"
    )


def _row(row: Row, lang: str) -> str:
    label = row.shown.arrangement.label[lang]
    # A summary begins with the name of its contract, which has a column here.
    why = row.shown.summary[lang].removeprefix(label).lstrip(" \u00a0\u202f:")
    tag = "strong" if row.named else "span"
    return f"<tr><td><{tag}>{escape(label)}</{tag}></td><td>{escape(why)}</td></tr>"
