"""Store the fields of each statement and source in a JSON column, not in a table by kind.

Columns are added and dropped without batch operations. A batch operation would replace the table `statement`, which
would delete all rows that refer to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# The fields of each kind; a `?` follows those that may be null, and `[]` those that are lists.
SOURCE = "title publisher? date? identifiers[] link?"
TABLES = {
    "correction": "kind severity status replacement? explanation",
    "event": "date event category",
    "instrument": "short_name official_title title_ja? legal_character legal_note? parties[] date_signed? place_signed?"
    " date_in_force? date_ended? status identifiers[] description link? members[]",
    "term": "term abbreviation? ja? romaji? definition",
    "article": "number title summary note?",
}
# Columns for filters, sorting and joins, which were in the table of a kind: the name before, now, and the kind.
MOVED = (
    ("earliest", "earliest_date", "event"),
    ("latest", "latest_date", "event"),
    ("instrument_id", "instrument_id", "article"),
)


def _names(fields: str) -> list[str]:
    return [field.rstrip("?[]") for field in fields.split()]


def _columns(fields: str, default: str | None = None) -> list["sa.Column[str]"]:
    return [
        sa.Column(
            name,
            sa.JSON() if field.endswith("[]") else sa.String(),
            nullable=field.endswith("?"),
            server_default=None if field.endswith("?") else default,
        )
        for name, field in zip(_names(fields), fields.split(), strict=True)
    ]


def _to_json(fields: str) -> str:
    """Return the SQL expression for an object with the given columns."""
    values = (
        f"'{name}', {f'json({name})' if field.endswith('[]') else name}"
        for name, field in zip(_names(fields), fields.split(), strict=True)
    )
    return f"json_object({', '.join(values)})"


def _from_json(fields: str) -> str:
    """Return the SQL expressions for the columns of an object in `data`."""
    return ", ".join(f"json_extract(data, '$.{name}')" for name in _names(fields))


# ruff: noqa: S608 - the statements consist of the constants above


def upgrade() -> None:
    for table in ("source", "statement"):
        op.add_column(table, sa.Column("data", sa.JSON(), nullable=False, server_default="{}"))
    for column in ("earliest_date", "latest_date"):
        op.add_column("statement", sa.Column(column, sa.String(), nullable=True))
    op.add_column("statement", sa.Column("instrument_id", sa.Integer(), nullable=True))
    op.create_index("ix_statement_instrument_id", "statement", ["instrument_id"])

    checked = "json(CASE WHEN checked THEN 'true' ELSE 'false' END)"
    op.execute(f"UPDATE source SET data = json_set({_to_json(SOURCE)}, '$.checked', {checked})")
    for name in [*_names(SOURCE), "checked"]:
        op.drop_column("source", name)

    for before, now, kind in MOVED:
        value = f"(SELECT {before} FROM {kind} WHERE statement_id = statement.id)"
        op.execute(f"UPDATE statement SET {now} = {value} WHERE kind = '{kind}'")
    for kind, fields in TABLES.items():
        data = f"(SELECT {_to_json(fields)} FROM {kind} WHERE statement_id = statement.id)"
        op.execute(f"UPDATE statement SET data = {data} WHERE statement.kind = '{kind}'")
    for kind in reversed(TABLES):
        op.drop_table(kind)


def downgrade() -> None:
    for kind, fields in TABLES.items():
        moved = [(before, now) for before, now, of_kind in MOVED if of_kind == kind]
        is_article = kind == "article"
        op.create_table(
            kind,
            sa.Column("statement_id", sa.Integer(), nullable=False),
            *(sa.Column(before, sa.Integer() if is_article else sa.String(), nullable=False) for before, _ in moved),
            *_columns(fields),
            sa.ForeignKeyConstraint(
                ["statement_id"],
                ["statement.id"],
                name=op.f(f"fk_{kind}_statement_id_statement"),
                ondelete="CASCADE",
            ),
            *(
                sa.ForeignKeyConstraint(
                    [before],
                    ["instrument.statement_id"],
                    name=op.f("fk_article_instrument_id_instrument"),
                    ondelete="CASCADE",
                )
                for before, _ in moved
                if is_article
            ),
            sa.PrimaryKeyConstraint("statement_id", name=op.f(f"pk_{kind}")),
        )
        columns = ", ".join(["statement_id", *(before for before, _ in moved), *_names(fields)])
        values = ", ".join(["id", *(now for _, now in moved), _from_json(fields)])
        op.execute(f"INSERT INTO {kind} ({columns}) SELECT {values} FROM statement WHERE kind = '{kind}'")
    op.create_index("ix_article_instrument_id", "article", ["instrument_id"])

    for column in [
        *_columns(SOURCE, default=""),
        sa.Column("checked", sa.Boolean(), server_default="0", nullable=False),
    ]:
        op.add_column("source", column)
    names = [*_names(SOURCE), "checked"]
    op.execute(f"UPDATE source SET ({', '.join(names)}) = ({_from_json(f'{SOURCE} checked')})")

    op.drop_index("ix_statement_instrument_id", "statement")
    for _, name, _ in MOVED:
        op.drop_column("statement", name)
    op.drop_column("statement", "data")
    op.drop_column("source", "data")
