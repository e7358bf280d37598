"""Add the number of words of each section; it stays null until the next publication computes it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

COLUMNS = ("original_words", "corrected_words")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("section", sa.Column(column, sa.Integer(), nullable=True))


def downgrade() -> None:
    for column in reversed(COLUMNS):
        op.drop_column("section", column)
