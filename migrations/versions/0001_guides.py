"""Add guides: revisions, their sections, passages, cross-references and topics."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.String(27), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("guide", "name", name=op.f("uq_revision_guide_name")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("ix_revision_current", ["guide"], unique=True, sqlite_where=sa.text("is_current"))

    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_supplied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_section_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("revision_id", "position", name=op.f("uq_section_revision_id_position")),
        sa.UniqueConstraint("revision_id", "slug", name=op.f("uq_section_revision_id_slug")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_topic_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("revision_id", "slug", name=op.f("uq_topic_revision_id_slug")),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('paragraph', 'list_item')", name=op.f("ck_passage_kind")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_passage_section_id_section"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("section_id", "n", name=op.f("uq_passage_section_id_n")),
    )
    op.create_table(
        "section_topic",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_topic_section_id_section"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_section_topic_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "topic_id", name=op.f("pk_section_topic")),
    )
    with op.batch_alter_table("section_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_topic_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "see_also",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_see_also_section_id_section"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_see_also")),
        sa.UniqueConstraint("section_id", "position", name=op.f("uq_see_also_section_id_position")),
    )


def downgrade() -> None:
    op.drop_table("see_also")
    with op.batch_alter_table("section_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_topic_topic_id"))

    op.drop_table("section_topic")
    op.drop_table("passage")
    op.drop_table("topic")
    op.drop_table("section")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_current", sqlite_where=sa.text("is_current"))

    op.drop_table("revision")
