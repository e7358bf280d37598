"""Create the ledger.

Migrations with lower numbers made a store without a ledger, which cannot be converted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("former_names", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("topic_positions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('published', 'renamed', 'rolled_back', 'withdrawn', 'restored', 'pruned')",
            name=op.f("ck_ledger_kind"),
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_digest"), "ledger", ["digest"])


def downgrade() -> None:
    op.drop_index(op.f("ix_ledger_digest"), "ledger")
    op.drop_table("ledger")
