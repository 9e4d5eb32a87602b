"""The rows of a table as descriptions, which any engine assesses as it does others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from montages.assessment.assess import unread
from montages.bilingual import message
from montages.description.description import Description, names_in_short
from montages.description.tables.read_table import RowDescription, RowPlaces, read_table
from montages.description.tables.table_row import row_tree
from montages.description.well_formed import IllFormed
from montages.engine.protocol import Engine
from montages.errors import UnknownName, UnreadableInput, UnusableInput
from montages.names import slug


def table_descriptions(
    source: bytes | str, syntax: str, engine: Engine
) -> Iterator[RowDescription]:
    """Yield the description of each row of a table, in their order.

    Raises as `read_table`, what is wrong with a row that cannot be cut into cells, and Refused with every
    finding in its cell where a cell is not to be read.
    """
    table = read_table(source, syntax)
    for row in table.rows:
        if row.fault is not None:
            raise row.fault
        yield _description(row_tree(row.cells), engine, table.places(row))


def table_description(
    source: bytes | str, syntax: str, engine: Engine, project: str | None = None
) -> RowDescription:
    """Return the description of the only row of a table, or of the first that is of `project`.

    Raises as `table_descriptions`; UnreadableInput without a row, UnusableInput for several, UnknownName
    where none is of that project.
    """
    if project is None:
        return _only(list(table_descriptions(source, syntax, engine)))
    names = []
    for description in table_descriptions(source, syntax, engine):
        if project in (str(description.project), description.slug):
            return description
        names.append(description.slug)
    raise UnknownName(
        message(
            "No project “{project}” in this table. It holds: {names}.",
            project=project,
            names=names_in_short(names),
        )
    )


def _description(row: dict[str, object], engine: Engine, places: RowPlaces) -> RowDescription:
    try:
        parsed: Description = engine.parse(json.dumps(row), "json")
    except UnusableInput as fault:
        if "pointer" not in fault.extra and not isinstance(fault, IllFormed):
            raise
        from montages.validation.validate_table import validate_row  # brings the YAML library

        examined = validate_row(json.loads(json.dumps(row)), engine, places)
        raise unread(slug(examined.projects[0]), examined.findings) from fault
    return RowDescription.of(parsed, places)


def _only(descriptions: Sequence[RowDescription]) -> RowDescription:
    if not descriptions:
        raise UnreadableInput(
            message("This table has no row of a project, below that of the titles.")
        )
    if len(descriptions) > 1:
        names = names_in_short([description.slug for description in descriptions])
        raise UnusableInput(
            message(
                "This table holds several projects ({names}): choose one (project, or "
                "--project NAME), or assess them all with “montages batch”.",
                names=names,
            ),
            projects=len(descriptions),
        )
    return descriptions[0]
