# Quis in a container: model, vocabulary and starter set inside, data in /data.
FROM python:3.11-slim AS build
WORKDIR /src
# A package index with CPU-only builds of torch keeps the image small on x86-64:
#   docker build --build-arg PIP_EXTRA_INDEX_URL=… .
ARG PIP_EXTRA_INDEX_URL
COPY pyproject.toml README.md LICENSE .constraints.txt ./
COPY bot bot
COPY knowledge knowledge
RUN python -m venv /opt/quis \
    && /opt/quis/bin/pip install --no-cache-dir -c .constraints.txt ".[postgres]"

FROM python:3.11-slim
RUN useradd --uid 10001 --user-group --create-home quis \
    && install --directory --owner=quis --group=quis /data
COPY --from=build /opt/quis /opt/quis
ENV PATH="/opt/quis/bin:${PATH}" \
    PYTHONUNBUFFERED=1 \
    QUIS_DATA=/data \
    QUIS_HEALTH=127.0.0.1:8081
# By number, so that an orchestrator sees that it is not root.
USER 10001:10001
VOLUME /data
# Alive, not ready: a platform that is away for an hour is no reason to be started anew.
# By the port alone, for whoever tells it to other machines: QUIS_HEALTH=0.0.0.0:8081.
HEALTHCHECK --interval=30s --timeout=10s --start-period=300s CMD ["python", "-c", \
    "import os, urllib.request as u; \
port = os.environ['QUIS_HEALTH'].rpartition(':')[2]; \
u.urlopen(f'http://127.0.0.1:{port}/health', timeout=8)"]
CMD ["quis", "run"]
