# Both stages use the same base. To update its digest, see "Containers" in docs/operating.md.
FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS builder
WORKDIR /build
# The environment holds no pip of its own: the base's pip installs into the environment that PIP_PYTHON names.
RUN python -m venv --without-pip /opt/treaty-guide
ENV PIP_PYTHON=/opt/treaty-guide/bin/python PIP_NO_CACHE_DIR=1
# `--build-arg LOCK=postgresql` adds the driver for a ledger in PostgreSQL, 13 MB.
ARG LOCK=main
COPY requirements/$LOCK.lock requirements/
RUN pip install --no-deps --no-compile --require-hashes -r requirements/$LOCK.lock
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
# What only builds the wheel stays behind; `pip check` stops the build if something else needed it after all.
RUN pip install --no-deps --no-compile --no-build-isolation . \
    && pip uninstall --yes editables hatchling pathspec pluggy tomlkit trove-classifiers \
    && pip check
# pip compiles nothing, since half of what it installs is never imported. Importing the service compiles the rest.
RUN /opt/treaty-guide/bin/python -P -c "import app.cli, app.main, app.mcp.transport, app.publishing, app.server.options"

FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b
# The version is that of app/__init__.py. The other two depend on where the image is built.
ARG VERSION=0.1.0
ARG SOURCE
ARG REVISION
# The licence is the software's; each guide names its own.
LABEL org.opencontainers.image.title="Treaty guide" \
      org.opencontainers.image.description="A guide to a treaty, served as content that programs can use: by section, by topic, by passage." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.revision="$REVISION"
ENV PATH=/opt/treaty-guide/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    TREATY_GUIDE_DATABASE_URL=sqlite:////srv/treaty-guide.db \
    TREATY_GUIDE_HOST=0.0.0.0 \
    TREATY_GUIDE_PORT=8000
WORKDIR /srv
COPY --from=builder /opt/treaty-guide /opt/treaty-guide
COPY seeds seeds
# Root publishes, so the user that serves can read the store and not change it.
RUN treaty-guide seed
USER 10001:10001
EXPOSE 8000
# Without the empty handler, a proxy that the environment names would be asked for a loopback address.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(f\"http://127.0.0.1:{os.environ['TREATY_GUIDE_PORT']}/health/ready\", timeout=4)"]
CMD ["treaty-guide", "serve"]
