"""What Alembic runs to change a database: over the connection it is handed, in one transaction."""

from alembic import context

from tilannehuone.meeting.tables import metadata


def run() -> None:
    """Run the steps that the database still needs, within the caller's transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=True,  # SQLite changes a column by copying its table
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # as Alembic loads it; anybody else only reads it
    run()
