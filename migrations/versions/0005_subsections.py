"""Find the subsections of a section without reading all sections of the guide."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_section_parent", "section", ["revision_id", "parent"])


def downgrade() -> None:
    op.drop_index("ix_section_parent", "section")
