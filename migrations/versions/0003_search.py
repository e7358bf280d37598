"""Search: the full-text index, the vocabulary, and which sections are near each other."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

from app.search.index import update_search_index, write_vocabulary
from app.search.indexed_text import TOKENIZER
from app.search.related import write_related

revision = "0003"
down_revision = "0002"


def _index_what_was_published() -> None:
    # With the code's own way of indexing, whatever it is by now: what asks the index is the code.
    with Session(op.get_bind()) as session:
        for revision_id in session.scalars(sa.text("SELECT id FROM revision")).all():
            write_vocabulary(session, revision_id)
            write_related(session, revision_id)
        update_search_index(session)
        session.commit()


def upgrade() -> None:
    op.create_table(
        "word",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("sections", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_word_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "word", name=op.f("pk_word")),
    )
    op.create_table(
        "related",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_related_section_id_section"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["section.id"], name=op.f("fk_related_other_id_section"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "position", name=op.f("pk_related")),
    )
    with op.batch_alter_table("related", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_related_other_id"), ["other_id"], unique=False)

    for table in ("section_index", "fact_index"):
        op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(title, names, text, tokenize='{TOKENIZER}')")
    _index_what_was_published()


def downgrade() -> None:
    op.execute("DROP TABLE fact_index")
    op.execute("DROP TABLE section_index")
    with op.batch_alter_table("related", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_related_other_id"))

    op.drop_table("related")
    op.drop_table("word")
