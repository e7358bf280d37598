"""Add the full-text index, the vocabulary and the related sections."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


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

    columns = "title, names, text, tokenize='porter unicode61 remove_diacritics 2'"
    for table in ("section_index", "fact_index"):
        op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns})")


def downgrade() -> None:
    op.execute("DROP TABLE fact_index")
    op.execute("DROP TABLE section_index")
    with op.batch_alter_table("related", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_related_other_id"))

    op.drop_table("related")
    op.drop_table("word")
