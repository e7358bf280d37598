"""Store the mentions in each passage, and the revision in which each resource last changed.

Mentions stay null until the next publication computes them: a migration must not import the code for that. For earlier
revisions it is not known what changed, so each resource counts as changed in the revision that it belongs to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

REVISIONED = ("section", "statement", "source")


def upgrade() -> None:
    for column in ("mentions", "corrected_mentions"):
        op.add_column("passage", sa.Column(column, sa.JSON(), nullable=True))
    for table in (*REVISIONED, "passage"):
        op.add_column(table, sa.Column("changed_in", sa.String(), nullable=False, server_default=""))
    for table in REVISIONED:
        name = f"SELECT name FROM revision WHERE revision.id = {table}.revision_id"  # noqa: S608 - as below
        op.execute(f"UPDATE {table} SET changed_in = ({name})")  # noqa: S608 - the names are constants
    op.execute("UPDATE passage SET changed_in = (SELECT changed_in FROM section WHERE section.id = passage.section_id)")


def downgrade() -> None:
    for table in (*REVISIONED, "passage"):
        op.drop_column(table, "changed_in")
    for column in ("mentions", "corrected_mentions"):
        op.drop_column("passage", column)
