"""Index analysed tokens of every kind of result in one table, with the positions of the tokens.

The index, the vocabulary and the related sections stay empty until the next publication computes them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for table in ("section_index", "fact_index"):
        op.execute(f"DROP TABLE {table}")
    op.create_table(
        "index_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("concerns", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_index_entry_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_index_entry_section_id_section"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_index_entry_statement_id_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_entry")),
    )
    for column in ("revision_id", "section_id", "statement_id"):
        op.create_index(op.f(f"ix_index_entry_{column}"), "index_entry", [column])
    # Terms are separated by spaces, and consist of letters and digits of any script and of signs beyond ASCII.
    columns = "title, names, text, spans UNINDEXED, further UNINDEXED, tokenize='ascii'"
    op.execute(f"CREATE VIRTUAL TABLE search_index USING fts5({columns})")
    _empty_derived()


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
    for column in ("statement_id", "section_id", "revision_id"):
        op.drop_index(op.f(f"ix_index_entry_{column}"), "index_entry")
    op.drop_table("index_entry")
    columns = "title, names, text, tokenize='porter unicode61 remove_diacritics 2'"
    for table in ("section_index", "fact_index"):
        op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns})")
    _empty_derived()


def _empty_derived() -> None:
    for table in ("word", "related"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are constants
